package io.github.rediscached.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the agent's classes and those of its libraries from jars inside its jar, where no other
 * loader finds them. It knows the JDK but not the application, so neither ever meets the other's
 * libraries.
 */
final class AgentClassLoader extends ClassLoader {

  private static final String FOLDER = "rediscached/";
  private static final String OURS = FOLDER + "agent.jar";
  private static final String LIBRARIES = FOLDER + "libraries.jar";
  private static final String COMMANDS = FOLDER + "commands.jar";
  private static final String OUR_PACKAGES = "io.github.rediscached.";
  private static final String OUR_FOLDERS = "io/github/rediscached/agent/";
  private static final String LIBRARY_PACKAGES = OUR_PACKAGES + "shaded.";
  private static final String COMMAND_PACKAGES = LIBRARY_PACKAGES + "command.";

  static {
    registerAsParallelCapable();
  }

  private final File file;
  private final NestedJar jar;
  private final NestedJar ours;
  private volatile @Nullable NestedJar libraries;
  private @Nullable NestedJar commands;

  AgentClassLoader(File file, ClassLoader parent) throws IOException {
    super("rediscached", parent);
    this.file = file;
    this.jar = new NestedJar(file);
    this.ours = jar.nested(OURS);
  }

  /** Asks no other loader for our classes: that would cost an exception for each. */
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
      NestedJar source =
          !name.startsWith(LIBRARY_PACKAGES)
              ? ours
              : name.startsWith(COMMAND_PACKAGES) ? commands() : libraries();
      bytes = source.read(name.replace('.', '/').concat(".class"));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, AgentClassLoader.class.getProtectionDomain());
  }

  private NestedJar libraries() throws IOException {
    NestedJar present = libraries;
    if (present != null) {
      return present;
    }
    synchronized (jar) {
      if (libraries == null) {
        libraries = jar.nested(LIBRARIES);
      }
      return libraries;
    }
  }

  /** Those of the command line. */
  private NestedJar commands() throws IOException {
    synchronized (jar) {
      NestedJar present = commands;
      if (present == null) {
        present = jar.nested(COMMANDS);
        commands = present;
      }
      return present;
    }
  }

  /** Without a URL, of which the connection would be many classes. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] resource = resource(name);
    return resource == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(resource);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (resource(name) == null) {
      return null;
    }
    try {
      return new URL("jar:" + file.toURI() + "!/" + FOLDER + name);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  private byte @Nullable [] resource(String name) {
    try {
      // Some of our classes are defined by other loaders.
      return name.startsWith(OUR_FOLDERS) && name.endsWith(".class")
          ? ours.read(name)
          : jar.read(FOLDER.concat(name));
    } catch (IOException e) {
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
