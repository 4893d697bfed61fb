package io.github.rediscached.agent.http;

import io.github.rediscached.agent.plan.ClassFacts;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link HandlerApi} of each copy of the servlet API that an application brings: its
 * classes are defined by a loader below the API's own, which sees the cache, too. The API's class
 * holds them, so they go with their application. Thread-safe.
 */
final class ServletApis extends ClassFacts<HandlerApi> {

  private static final String PACKAGE = "io.github.rediscached.agent.servlet.";
  private static final String MAIN = PACKAGE + "CachingServlets";
  private static final ClassLoader AGENT = ServletApis.class.getClassLoader();

  /**
   * @param type the API's class {@code ServletRequest}
   */
  @Override
  protected HandlerApi about(Class<?> type) {
    try {
      return (HandlerApi)
          new Loader(type.getClassLoader(), type.getName().startsWith("javax."))
              .loadClass(MAIN)
              .getConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the servlet API of " + type.getClassLoader(), e);
    }
  }

  private static final class Loader extends ClassLoader {

    private final boolean javax;

    Loader(@Nullable ClassLoader api, boolean javax) {
      super("rediscached-servlets", api);
      this.javax = javax;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(PACKAGE)) {
        synchronized (getClassLoadingLock(name)) {
          Class<?> loaded = findLoadedClass(name);
          return loaded != null ? loaded : define(name);
        }
      }
      return name.startsWith("io.github.rediscached.agent.")
          ? Class.forName(name, false, AGENT)
          : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = AGENT.getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] written = in.readAllBytes();
        byte[] classFile = javax ? JavaxNames.in(written) : written;
        return defineClass(name, classFile, 0, classFile.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
