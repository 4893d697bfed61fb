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
 * Reads the class files of loaded classes. Where a class comes from a jar it is read from there and
 * not through its class loader, which takes ten times as long: an AOT cache has thousands of
 * classes loaded before the agent starts.
 */
public final class LoadedClassFiles implements AutoCloseable {

  private final Map<String, @Nullable JarFile> jars = new HashMap<>();

  /** The class file; null if there is none to be had, as for most generated classes. */
  public byte @Nullable [] of(Class<?> type) {
    return beside(type, type.getName().replace('.', '/'));
  }

  /**
   * The class file of a class from where another one is from. It need not be loaded.
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
      // Class loaders of applications throw anything.
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
