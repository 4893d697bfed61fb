package com.acme.loading;

import java.io.IOException;
import java.io.InputStream;

/**
 * A loader of the kind that OSGi has: it delegates nothing but {@code java.*}, and has no parent.
 */
final class Bundle extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Bundle other;
  private final String imported;

  Bundle() {
    this(null, "nothing");
  }

  /**
   * @param imported the class that comes from the other bundle
   */
  Bundle(Bundle other, String imported) {
    super(null);
    this.other = other;
    this.imported = imported;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return ClassLoader.getPlatformClassLoader().loadClass(name);
    }
    if (name.equals(imported)) {
      return other.loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = ClassLoader.getSystemResourceAsStream(path)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] classFile = in.readAllBytes();
      return defineClass(name, classFile, 0, classFile.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
