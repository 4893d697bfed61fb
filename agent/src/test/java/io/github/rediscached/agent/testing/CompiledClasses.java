package io.github.rediscached.agent.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes compiled from source while a test runs, in a class loader that can be thrown away. */
public final class CompiledClasses extends ClassLoader {

  private final Map<String, byte[]> classFiles;

  private CompiledClasses(ClassLoader parent, Map<String, byte[]> classFiles) {
    super(parent);
    this.classFiles = classFiles;
  }

  /**
   * Compiles.
   *
   * @param sources binary class name and source, in turn
   */
  public static CompiledClasses of(String... sources) {
    return of(List.of("-g"), sources);
  }

  /** Compiles with options of javac. */
  public static CompiledClasses of(List<String> options, String... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> units = new ArrayList<>();
    for (int i = 0; i < sources.length; i += 2) {
      units.add(new Source(sources[i], sources[i + 1]));
    }
    StringWriter problems = new StringWriter();
    List<String> allOptions = new ArrayList<>(options);
    allOptions.addAll(List.of("-proc:none", "-cp", System.getProperty("java.class.path")));
    try (MemoryFileManager files =
        new MemoryFileManager(compiler.getStandardFileManager(null, null, null))) {
      if (!compiler.getTask(problems, files, null, allOptions, null, units).call()) {
        throw new IllegalArgumentException(problems.toString());
      }
      return new CompiledClasses(CompiledClasses.class.getClassLoader(), files.classFiles());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] classFile = classFiles.get(name);
    if (classFile == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, classFile, 0, classFile.length);
  }

  /** A new instance, made with the constructor that takes these arguments. */
  public Object create(String className, Object... arguments) {
    try {
      for (var constructor : loadClass(className).getDeclaredConstructors()) {
        if (constructor.getParameterCount() == arguments.length) {
          constructor.setAccessible(true);
          return constructor.newInstance(arguments);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalArgumentException(className);
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String className, String text) {
      super(URI.create("memory:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class MemoryFileManager extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();

    MemoryFileManager(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      outputs.put(className, output);
      return new SimpleJavaFileObject(
          URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return output;
        }
      };
    }

    Map<String, byte[]> classFiles() {
      Map<String, byte[]> classFiles = new LinkedHashMap<>();
      outputs.forEach((name, output) -> classFiles.put(name, output.toByteArray()));
      return classFiles;
    }
  }
}
