package io.github.rediscached.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Two shops on one database and one Redis: what is changed through one of them must be in its very
 * next answer, and without near caches in that of the other as well; with them, soon.
 */
final class TwoShops {

  private static final int ROUNDS = 25;

  /** Half a second is promised, and the machine may be busy. */
  private static final long SOON_NANOS = 1_000_000_000;

  private final Children children;
  private final Launch launch;
  private final String redisUrl;

  TwoShops(Children children, Launch launch, String redisUrl) {
    this.children = children;
    this.launch = launch;
    this.redisUrl = redisUrl;
  }

  void run() {
    change(List.of("-Drediscached.near.enabled=false"), 0);
    System.out.printf(
        "Without near caches, %d changes, made through either of them, were in the next answer of"
            + " both.%n",
        ROUNDS * Update.all(0).size());
    long slowestNanos = change(List.of(), SOON_NANOS);
    System.out.printf(
        "With near caches they were in the next answer of the one, and in what the other was asked"
            + " at most %d ms later.%n",
        slowestNanos / 1_000_000);
  }

  /**
   * Returns how long after a change the other shop was asked, at most, until it answered with it.
   *
   * @param patienceNanos how long it may take; 0 if its next answer counts
   */
  private long change(List<String> moreJvmArguments, long patienceNanos) {
    Path folder = newFolder();
    String shared = System.getenv("DATABASE_URL");
    Launch onOneDatabase =
        new Launch(
            launch.agent(),
            Stream.concat(launch.jvmArguments().stream(), moreJvmArguments.stream()).toList(),
            shared == null || shared.isBlank()
                ? Optional.of(
                    "jdbc:h2:file:"
                        + folder.resolve("shop").toAbsolutePath()
                        + ";AUTO_SERVER=TRUE;OPTIMIZE_REUSE_RESULTS=FALSE")
                : Optional.empty(),
            launch.arguments());
    try (Shop one = Shop.start(children, onOneDatabase, redisUrl, log("demo-first-of-two.log"));
        Shop two = Shop.start(children, onOneDatabase, redisUrl, log("demo-second-of-two.log"))) {
      long slowestNanos = 0;
      for (int round = 0; round < ROUNDS; round++) {
        Shop writer = round % 2 == 0 ? one : two;
        Shop other = round % 2 == 0 ? two : one;
        for (Update update : Update.all(round)) {
          slowestNanos = Math.max(slowestNanos, check(update, writer, other, patienceNanos));
        }
      }
      return slowestNanos;
    } finally {
      delete(folder);
    }
  }

  private static long check(Update update, Shop writer, Shop other, long patienceNanos) {
    String before = writer.get(update.readPath());
    for (Shop shop : List.of(writer, other)) {
      if (!shop.get(update.readPath()).equals(before)) {
        throw new Failure("The two shops differ in " + update.readPath());
      }
    }
    writer.put(update.writePath(), update.change());
    CompletableFuture<String> own =
        CompletableFuture.supplyAsync(() -> writer.get(update.readPath()));
    long changedNanos = System.nanoTime();
    long askedNanos = changedNanos;
    String after = other.get(update.readPath());
    while (after.equals(before) && askedNanos - changedNanos < patienceNanos) {
      askedNanos = System.nanoTime();
      after = other.get(update.readPath());
    }
    if (own.join().equals(before)) {
      throw new Failure("The shop does not show its own change of " + update.name());
    }
    if (after.equals(before)) {
      throw new Failure(
          "The other shop's answer to "
              + update.readPath()
              + " does not show what "
              + update.name()
              + " has changed: "
              + after);
    }
    if (!writer.get(update.readPath()).equals(after)) {
      throw new Failure("The two shops differ in " + update.readPath() + " after the change");
    }
    return askedNanos - changedNanos;
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
