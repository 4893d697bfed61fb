package io.github.rediscached.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the agent's classes from inside its jar, where they stand below a folder and with an ending
 * that no other loader takes for classes, and those of its libraries from a {@link LibraryJar}
 * there. It knows the JDK but not the application, so neither ever meets the other's libraries.
 */
final class AgentClassLoader extends ClassLoader {

  private static final String FOLDER = "rediscached/";
  private static final String LIBRARIES = FOLDER + "libraries.jar";
  private static final String OUR_PACKAGES = "io.github.rediscached.";
  private static final String LIBRARY_PACKAGES = OUR_PACKAGES + "shaded.";

  static {
    registerAsParallelCapable();
  }

  private final File jarFile;
  private final ZipFile jar;
  private volatile @Nullable LibraryJar libraries;

  /** The jar stays open as long as the JVM lives. */
  AgentClassLoader(File jarFile, ClassLoader parent) throws IOException {
    super("rediscached", parent);
    this.jarFile = jarFile;
    this.jar = new ZipFile(jarFile);
  }

  /** Asks nobody else for our classes: that would cost an exception for each. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OUR_PACKAGES)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes;
    try {
      String path = name.replace('.', '/');
      bytes =
          name.startsWith(LIBRARY_PACKAGES)
              ? libraries().read(path.concat(".class"))
              : read(path.concat(".classdata"));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, AgentClassLoader.class.getProtectionDomain());
  }

  private LibraryJar libraries() throws IOException {
    LibraryJar present = libraries;
    if (present != null) {
      return present;
    }
    synchronized (jar) {
      if (libraries == null) {
        libraries = new LibraryJar(jar, jar.getEntry(LIBRARIES));
      }
      return libraries;
    }
  }

  private byte @Nullable [] read(String path) throws IOException {
    ZipEntry entry = jar.getEntry(FOLDER.concat(path));
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** Without a URL, of which the connection would be many classes. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      ZipEntry entry = jar.getEntry(FOLDER.concat(name));
      return entry == null ? super.getResourceAsStream(name) : jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (jar.getEntry(FOLDER.concat(name)) == null) {
      return null;
    }
    try {
      return new URL("jar:" + jarFile.toURI() + "!/" + FOLDER + name);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return url == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(url));
  }
}
