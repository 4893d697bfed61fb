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
 * that no other loader takes for classes. It knows the JDK but not the application, so neither ever
 * meets the other's libraries.
 */
final class AgentClassLoader extends ClassLoader {

  private static final String FOLDER = "rediscached/";

  static {
    registerAsParallelCapable();
  }

  private final File jarFile;
  private final ZipFile jar;

  /** The jar stays open as long as the JVM lives. */
  AgentClassLoader(File jarFile, ClassLoader parent) throws IOException {
    super("rediscached", parent);
    this.jarFile = jarFile;
    this.jar = new ZipFile(jarFile);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes;
    try {
      bytes = read(name.replace('.', '/').concat(".classdata"));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, AgentClassLoader.class.getProtectionDomain());
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
