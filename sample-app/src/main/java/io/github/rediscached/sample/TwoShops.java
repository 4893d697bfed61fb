package io.github.rediscached.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two shops on one database and one Redis: what is changed through one of them must be in the very
 * next answer of both.
 */
final class TwoShops {

  private static final int ROUNDS = 25;

  private final Children children;
  private final Launch launch;
  private final String redisUrl;

  TwoShops(Children children, Launch launch, String redisUrl) {
    this.children = children;
    this.launch = launch;
    this.redisUrl = redisUrl;
  }

  void run() {
    Path folder = newFolder();
    String shared = System.getenv("DATABASE_URL");
    Launch onOneDatabase =
        new Launch(
            launch.agent(),
            launch.jvmArguments(),
            shared == null || shared.isBlank()
                ? Optional.of(
                    "jdbc:h2:file:"
                        + folder.resolve("shop").toAbsolutePath()
                        + ";AUTO_SERVER=TRUE;OPTIMIZE_REUSE_RESULTS=FALSE")
                : Optional.empty(),
            launch.arguments());
    try (Shop one = Shop.start(children, onOneDatabase, redisUrl, log("demo-first-of-two.log"));
        Shop two = Shop.start(children, onOneDatabase, redisUrl, log("demo-second-of-two.log"))) {
      for (int round = 0; round < ROUNDS; round++) {
        Shop writer = round % 2 == 0 ? one : two;
        Shop other = round % 2 == 0 ? two : one;
        for (Update update : Update.all(round)) {
          check(update, writer, other);
        }
      }
    } finally {
      delete(folder);
    }
    System.out.printf(
        "%d changes, made through either of them, were in the next answer of both.%n",
        ROUNDS * Update.all(0).size());
  }

  private static void check(Update update, Shop writer, Shop other) {
    String before = writer.get(update.readPath());
    for (Shop shop : List.of(writer, other)) {
      if (!shop.get(update.readPath()).equals(before)) {
        throw new Failure("The two shops differ in " + update.readPath());
      }
    }
    writer.put(update.writePath(), update.change());
    String after = other.get(update.readPath());
    if (after.equals(before)) {
      throw new Failure(
          "The other shop's next answer to "
              + update.readPath()
              + " does not show what "
              + update.name()
              + " has changed: "
              + after);
    }
    if (!writer.get(update.readPath()).equals(after)) {
      throw new Failure("The two shops differ in " + update.readPath() + " after the change");
    }
  }

  private static Path log(String name) {
    return Launch.TARGET.resolve(name);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("rediscached-shop");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // The system empties its folder for temporary files.
    }
  }
}
