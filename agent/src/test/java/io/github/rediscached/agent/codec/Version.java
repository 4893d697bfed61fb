package io.github.rediscached.agent.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One version of an application: class files compiled from source, and a loader for them. */
final class Version extends ClassLoader {

  private final Map<String, byte[]> classFiles;
  private final ValueCodec codec = Codecs.of(this);

  private Version(Map<String, byte[]> classFiles) {
    super(Version.class.getClassLoader());
    this.classFiles = classFiles;
  }

  /** Compiles sources, of which each declares classes of the unnamed package. */
  static Version of(String... sources) {
    return new Version(compile(sources));
  }

  /** The same application, of which a class has been left out. */
  Version without(String className) {
    Map<String, byte[]> rest = new HashMap<>(classFiles);
    rest.remove(className);
    return new Version(rest);
  }

  boolean has(String className) {
    return classFiles.containsKey(className);
  }

  ValueCodec codec() {
    return codec;
  }

  ValueFormat formatOf(String className) throws ClassNotFoundException {
    return codec.formatOf(Codecs.class, loadClass(className), List.of());
  }

  Object newInstance(String className) throws ReflectiveOperationException {
    Class<?> type = loadClass(className);
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] classFile = classFiles.get(name.replace(".class", "").replace('/', '.'));
    return classFile == null
        ? super.getResourceAsStream(name)
        : new ByteArrayInputStream(classFile);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] classFile = classFiles.get(name);
    if (classFile == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, classFile, 0, classFile.length);
  }

  private static Map<String, byte[]> compile(String... sources) {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    List<JavaFileObject> units = new ArrayList<>();
    for (int i = 0; i < sources.length; i++) {
      units.add(new Source(i == 0 ? "V" : "Source" + i, sources[i]));
    }
    Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
    JavaFileManager files =
        new ForwardingJavaFileManager<JavaFileManager>(
            compiler.getStandardFileManager(null, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:/" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                return compiled.computeIfAbsent(name, n -> new ByteArrayOutputStream());
              }
            };
          }
        };
    if (!compiler.getTask(null, files, null, List.of("-proc:none"), null, units).call()) {
      throw new IllegalArgumentException("does not compile");
    }
    Map<String, byte[]> classFiles = new HashMap<>();
    compiled.forEach((name, bytes) -> classFiles.put(name, bytes.toByteArray()));
    return classFiles;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:/" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
