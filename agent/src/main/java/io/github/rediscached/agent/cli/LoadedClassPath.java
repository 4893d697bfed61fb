package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.LocalVms;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Loads all classes of a class path in a JVM with the agent, initialises none, and prints what the
 * agent has found; what it refuses is in its own messages.
 */
final class LoadedClassPath {

  /** Before a method that is cached, evicts or puts. */
  static final String FOUND = "found:";

  /** Before the number of classes. */
  static final String COUNT = "count:";

  private static final String CLASS = ".class";
  private static final String REPORTER = "rediscached-rules";
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(30);
  private static final long PAUSE_MILLIS = 20;

  private final PrintWriter out;

  LoadedClassPath(PrintWriter out) {
    this.out = out;
  }

  void load(String classPath) throws IOException, JMException, InterruptedException {
    if (System.getProperty(LocalVms.AGENT_PROPERTY) == null) {
      // The settings have mistakes, so it has not started.
      return;
    }
    List<URL> urls = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String each : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(each);
      urls.add(path.toUri().toURL());
      if (Files.isDirectory(path)) {
        addFolder(path, names);
      } else {
        addJar(path, names);
      }
    }
    URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    for (String name : names) {
      try {
        Class.forName(name, false, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        // It needs what is not there; it would not be loaded in the application either.
      }
    }
    reportRules();
    for (String method : instrumentedMethods()) {
      out.println(FOUND + method);
    }
    out.println(COUNT + names.size());
    out.flush();
  }

  private static void addFolder(Path folder, List<String> names) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
          .forEach(file -> add(file, names));
    }
  }

  private static void addJar(Path jar, List<String> names) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream().map(JarEntry::getName).forEach(entry -> add(entry, names));
    }
  }

  private static void add(String file, List<String> names) {
    if (file.endsWith(CLASS) && !file.startsWith("META-INF/") && !file.endsWith("-info.class")) {
      names.add(file.substring(0, file.length() - CLASS.length()).replace('/', '.'));
    }
  }

  /** The report of rules that match nothing comes when its thread is interrupted. */
  private static void reportRules() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(REPORTER)) {
        thread.interrupt();
        thread.join(PATIENCE_MILLIS);
      }
    }
  }

  private static List<String> instrumentedMethods() throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName agent = new ObjectName("io.github.rediscached:type=Agent");
    long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!server.isRegistered(agent) && System.currentTimeMillis() < deadline) {
      Thread.sleep(PAUSE_MILLIS);
    }
    return Arrays.asList((String[]) server.getAttribute(agent, "InstrumentedMethods"));
  }
}
