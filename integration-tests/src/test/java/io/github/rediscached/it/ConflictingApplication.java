package io.github.rediscached.it;

import io.github.rediscached.RedisCached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An application with other versions of the libraries in the agent, all of which it uses. Its
 * methods run {@link #RUNS} times, and {@link #RUNS_CACHED} times when they are cached.
 */
final class ConflictingApplication {

  static final String RUNS = "20";
  static final String RUNS_CACHED = "10";

  private static final Path LIBRARIES = Path.of("target/conflicting-libraries");

  private final Path jar;

  private ConflictingApplication(Path jar) {
    this.jar = jar;
  }

  /** Compiles it. */
  static ConflictingApplication in(Path folder) {
    List<Path> classPath = new ArrayList<>(libraries());
    classPath.add(JavaSources.locationOf(RedisCached.class));
    Path classes = JavaSources.compile(folder.resolve("classes"), classPath, "conflict");
    return new ConflictingApplication(
        JavaSources.jar(folder.resolve("application.jar"), classes, "com"));
  }

  /**
   * A JVM to run it.
   *
   * @param classNames it says for each whether it is visible
   */
  Jvm jvm(List<String> classNames) {
    TestRedis redis = TestRedis.shared();
    List<String> arguments = new ArrayList<>(List.of(redis.uri(), TestRedis.newNamespace()));
    arguments.addAll(classNames);
    Jvm jvm =
        Jvm.of("com.acme.conflict.ConflictApplication", arguments.toArray(String[]::new))
            .on(redis)
            .onlyClassPath(jar)
            .library(RedisCached.class);
    libraries().forEach(jvm::classPath);
    return jvm;
  }

  private static List<Path> libraries() {
    try (Stream<Path> jars = Files.list(LIBRARIES)) {
      return jars.map(Path::toAbsolutePath).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
