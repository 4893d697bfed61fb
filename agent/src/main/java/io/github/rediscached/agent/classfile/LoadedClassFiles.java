package io.github.rediscached.agent.classfile;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the class files of loaded classes, for {@link FieldFacts} and for the instrumentation of
 * classes that were loaded before the agent. It reads a jar itself if the class is from one. The
 * class loader would take ten times as long, and an AOT cache loads thousands of classes before the
 * agent starts.
 */
public final class LoadedClassFiles implements AutoCloseable {

  private final Map<String, @Nullable JarFile> jars = new HashMap<>();

  /** The class file; null if there is none, as for most generated classes. */
  public byte @Nullable [] of(Class<?> type) {
    return beside(type, type.getName().replace('.', '/'));
  }

  /**
   * The class file of a class from the same jar or class loader as another one. It need not be
   * loaded.
   *
   * @param internalName its name with slashes
   */
  public byte @Nullable [] beside(Class<?> type, String internalName) {
    String path = internalName.concat(".class");
    try {
      JarFile jar = jarOf(type);
      JarEntry entry = jar == null ? null : jar.getJarEntry(path);
      try (InputStream in =
          jar == null || entry == null
              ? type.getClassLoader().getResourceAsStream(path)
              : jar.getInputStream(entry)) {
        return in == null ? null : in.readAllBytes();
      }
    } catch (Throwable e) {
      // Class loaders of applications may throw anything.
      return null;
    }
  }

  private @Nullable JarFile jarOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !"file".equals(location.getProtocol())) {
      return null;
    }
    String path = location.getPath();
    if (!jars.containsKey(path)) {
      jars.put(path, open(location));
    }
    return jars.get(path);
  }

  private static @Nullable JarFile open(URL location) {
    try {
      File file = new File(location.toURI());
      return file.isFile()
          ? new JarFile(file, false, ZipFile.OPEN_READ, JarFile.runtimeVersion())
          : null;
    } catch (Exception e) {
      return null;
    }
  }

  @Override
  public void close() {
    for (JarFile jar : jars.values()) {
      try {
        if (jar != null) {
          jar.close();
        }
      } catch (IOException e) {
        // Nothing was written.
      }
    }
  }
}
