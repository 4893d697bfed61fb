package io.github.rediscached.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JVM to be started with an application of {@code com.acme}, usually with the agent. The
 * application sees the test classes and the annotations, but no library of the tests unless it is
 * given.
 */
final class Jvm {

  /** The jar that is shipped. */
  static final Path AGENT = agent();

  private final List<String> options = new ArrayList<>();
  private final List<String> agentsBefore = new ArrayList<>();
  private final List<String> agentsAfter = new ArrayList<>();
  private final List<String> application = new ArrayList<>();
  private final Set<String> classPath = new LinkedHashSet<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<String, String> settings = new TreeMap<>();
  private boolean withAgent = true;
  private @Nullable Path directory;

  private Jvm() {}

  /** With the agent on it. */
  static Jvm of(String mainClass, String... arguments) {
    Jvm jvm = new Jvm().library(Jvm.class).library(io.github.rediscached.RedisCached.class);
    jvm.application.add(mainClass);
    jvm.application.addAll(List.of(arguments));
    return jvm;
  }

  /** With the agent on it, and nothing on the class path but an executable jar. */
  static Jvm ofJar(Path jar, String... arguments) {
    Jvm jvm = new Jvm();
    jvm.application.addAll(List.of("-jar", jar.toString()));
    jvm.application.addAll(List.of(arguments));
    return jvm;
  }

  static Jvm of(Class<?> main, String... arguments) {
    return of(main.getName(), arguments);
  }

  /** With the agent on it and this Redis; in a namespace of its own unless one is set. */
  static Jvm of(Class<?> main, TestRedis redis, String... arguments) {
    return of(main, arguments).on(redis);
  }

  /** Uses this Redis, in a namespace of its own unless one is set. */
  Jvm on(TestRedis redis) {
    return setting("redis.uri", redis.uri())
        .setting("redis.timeout", "5s")
        .setting("redis.connect-timeout", "20s")
        .setting("namespace", TestRedis.newNamespace());
  }

  /** Another agent, before ours or after it. */
  Jvm otherAgent(Path jar, boolean first) {
    (first ? agentsBefore : agentsAfter).add("-javaagent:" + jar.toAbsolutePath());
    return this;
  }

  Jvm withoutAgent() {
    withAgent = false;
    return this;
  }

  /** In the agent's argument. */
  Jvm setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** {@code rediscached.yaml} in a new working directory. */
  Jvm yaml(String text) {
    try {
      Path folder = Files.createTempDirectory("rediscached-it");
      folder.toFile().deleteOnExit();
      Files.writeString(folder.resolve("rediscached.yaml"), text);
      folder.resolve("rediscached.yaml").toFile().deleteOnExit();
      directory = folder;
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Jvm directory(Path folder) {
    directory = folder;
    return this;
  }

  Jvm option(String... jvmOptions) {
    options.addAll(List.of(jvmOptions));
    return this;
  }

  /** Takes classes from an AppCDS archive, and notes from where each class came. */
  Jvm archive(Path archive, Path classLoadLog) {
    return option("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load:file=" + classLoadLog);
  }

  Jvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Puts the jar or folder that this class was read from on the class path. */
  Jvm library(Class<?> member) {
    return classPath(home(member));
  }

  /** The jar or folder that this class was read from. */
  static Path home(Class<?> member) {
    try {
      return Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes everything else off the class path, the test classes as well. */
  Jvm onlyClassPath(Path entry) {
    classPath.clear();
    return classPath(entry);
  }

  Jvm classPath(Path entry) {
    return classPath(entry.toString());
  }

  /** Adds one or more entries, as {@code -cp} takes them. */
  Jvm classPath(String entries) {
    classPath.add(entries);
    return this;
  }

  /** Waits for its end. */
  Outcome run() {
    try (RunningJvm running = start()) {
      return running.awaitEnd();
    }
  }

  RunningJvm start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"));
    command.addAll(agentsBefore);
    if (withAgent) {
      StringBuilder argument = new StringBuilder("-javaagent:").append(AGENT);
      char separator = '=';
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        argument.append(separator).append(setting.getKey()).append('=').append(setting.getValue());
        separator = ',';
      }
      command.add(argument.toString());
    }
    command.addAll(agentsAfter);
    command.addAll(options);
    if (!classPath.isEmpty()) {
      command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
    }
    command.addAll(application);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("REDIS"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    return RunningJvm.start(builder);
  }

  private static Path agent() {
    Path jar =
        Path.of(System.getProperty("rediscached.agent", "../agent/target/rediscached-agent.jar"));
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing: run mvn package first");
    }
    return jar.toAbsolutePath().normalize();
  }
}
