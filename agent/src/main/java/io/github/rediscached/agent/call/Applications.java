package io.github.rediscached.agent.call;

import io.github.rediscached.agent.plan.LibraryName;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the applications of one JVM apart, which may have equal classes and other data. The name of
 * an application is that of its class loader, as every JVM gives it. A second loader without a name
 * gets a random one, so at least nothing is shared by mistake. {@link Realms} asks it. It keeps no
 * loader alive. Thread-safe.
 */
final class Applications {

  /** These are made anew again and again for what stays one application. */
  private static final String[] RELOADING = {
    LibraryName.in(
        "class org.springframework.boot.devtools.restart.classloader.RestartClassLoader"),
    "io.quarkus.bootstrap.classloading.QuarkusClassLoader"
  };

  private final BiConsumer<String, String> warnOnce;

  /** Of loaders that have a name, or have had to get one. */
  private final Map<ClassLoader, String> names = new WeakHashMap<>();

  /** Which loader without a name was the first with a class of that name. */
  private final Map<String, WeakReference<ClassLoader>> firsts = new HashMap<>();

  /**
   * @param warnOnce topic and message
   */
  Applications(BiConsumer<String, String> warnOnce) {
    this.warnOnce = warnOnce;
  }

  /** The name of the application that a class belongs to; empty for the only one, so far. */
  String of(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null
        || loader == ClassLoader.getSystemClassLoader()
        || loader == ClassLoader.getPlatformClassLoader()) {
      return "";
    }
    String known = known(loader);
    if (known != null) {
      return known;
    }
    // Outside of our lock, since it asks classes of the server.
    String name = nameOf(loader);
    String application = name == null ? unnamed(loader, type.getName()) : remember(loader, name);
    if (name == null && !application.isEmpty()) {
      warnOnce.accept(
          "applications",
          type.getName()
              + " belongs to two class loaders without names, so probably to two applications. The"
              + " second one gets entries of its own, which no other JVM reads. Give its class"
              + " loader a name, or give each application a JVM and a `namespace` of its own.");
    }
    return application;
  }

  private synchronized @Nullable String known(ClassLoader loader) {
    return names.get(loader);
  }

  private synchronized String remember(ClassLoader loader, String name) {
    names.put(loader, name);
    return name;
  }

  private synchronized String unnamed(ClassLoader loader, String className) {
    WeakReference<ClassLoader> first = firsts.get(className);
    ClassLoader its = first == null ? null : first.get();
    if (its == null) {
      // Also where the first one has been unloaded: then this is the same application, anew.
      firsts.put(className, new WeakReference<>(loader));
      return "";
    }
    return its == loader ? "" : remember(loader, random());
  }

  /** What no other JVM has. */
  static String random() {
    return '?' + Long.toHexString(ThreadLocalRandom.current().nextLong());
  }

  /** Null if it has none that other JVMs would give it, too. */
  private static @Nullable String nameOf(ClassLoader loader) {
    try {
      for (Class<?> at = loader.getClass(); at != ClassLoader.class; at = at.getSuperclass()) {
        String kind = at.getName();
        for (String reloading : RELOADING) {
          if (kind.equals(reloading)) {
            return "";
          }
        }
        String name = null;
        if (kind.equals("org.apache.catalina.loader.WebappClassLoaderBase")) {
          name = ofTomcat(loader, at);
        } else if (kind.equals("org.jboss.modules.ModuleClassLoader")) {
          name = ofEar(ask(ask(loader, at, "getModule"), "getName"));
        } else if (kind.startsWith("org.eclipse.jetty.")
            && kind.endsWith(".webapp.WebAppClassLoader")) {
          name = text(ask(ask(loader, at, "getContext"), "getContextPath"));
        }
        if (name != null) {
          return name;
        }
      }
    } catch (Throwable e) {
      // Another version of the server. Its loader may have a name all the same.
    }
    return ownName(loader);
  }

  /** Host and context, but not the context's version: two of these are one application. */
  private static @Nullable String ofTomcat(ClassLoader loader, Class<?> kind)
      throws ReflectiveOperationException {
    String context = text(ask(loader, kind, "getContextName"));
    if (context == null || context.equals("Unknown")) {
      return null;
    }
    int version = context.indexOf("##");
    return ask(loader, kind, "getHostName")
        + "/"
        + (version < 0 ? context : context.substring(0, version));
  }

  /** The modules of an archive are one application. */
  private static @Nullable String ofEar(@Nullable Object module) {
    String name = text(module);
    int ear = name == null || !name.startsWith("deployment.") ? -1 : name.indexOf(".ear.");
    return name == null || ear < 0 ? name : name.substring(0, ear + ".ear".length());
  }

  private static @Nullable String ownName(ClassLoader loader) {
    try {
      String name = text(loader.getName());
      int hash = System.identityHashCode(loader);
      return name == null
              || name.contains(Integer.toString(hash))
              || name.toLowerCase(Locale.ROOT).contains(Integer.toHexString(hash))
          ? null
          : name;
    } catch (Throwable e) {
      return null;
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text && !text.isBlank() ? text : null;
  }

  private static @Nullable Object ask(@Nullable Object object, String method)
      throws ReflectiveOperationException {
    return object == null ? null : ask(object, object.getClass(), method);
  }

  private static @Nullable Object ask(Object object, Class<?> type, String method)
      throws ReflectiveOperationException {
    return type.getMethod(method).invoke(object);
  }
}
