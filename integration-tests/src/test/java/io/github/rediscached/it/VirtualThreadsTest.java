package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.virtualthreads.VirtualCallers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/**
 * Virtual threads that call cached methods are never pinned to their carriers while they wait for
 * Redis, or for the load of another thread or JVM.
 */
@EnabledForJreRange(minVersion = 21)
class VirtualThreadsTest {

  private static final List<String> CACHES = List.of("near", "tagged", "found", "counted", "later");

  @TempDir Path folder;

  private int crowds;

  @Test
  void noneIsPinnedByTheAgent() throws IOException {
    Path ofOne = folder.resolve("one.jfr");
    Path ofOther = folder.resolve("other.jfr");
    try (TestRedis redis = TestRedis.start();
        RunningJvm one = callers(redis, ofOne).start();
        RunningJvm other = callers(redis, ofOther).start()) {
      // Not as an answer: the flight recorder writes to the same stream when it starts.
      one.send("pin").awaitOut("pinned");
      try (Beans beans = Beans.of(one)) {
        crowdUntil("hits, misses and evictions", () -> isEverythingUsed(beans), one, other);
        redis.freeze();
        crowdUntil("timeouts", () -> (long) beans.get(Beans.REDIS, "Timeouts") > 0, one, other);
        redis.thaw();
        long hits = redisHits(beans);
        crowdUntil("hits again", () -> redisHits(beans) > hits, one, other);
      }
      one.awaitEnd().succeeded();
      other.awaitEnd().succeeded();
    }

    List<RecordedEvent> pinned = RecordingFile.readAllEvents(ofOne);
    assertTrue(
        pinned.stream().anyMatch(event -> hasFrame(event, "com.acme.") && isByWaiting(event)),
        pinned::toString);
    pinned.addAll(RecordingFile.readAllEvents(ofOther));
    pinned.removeIf(event -> !isOurs(event));
    assertEquals(List.of(), pinned.stream().filter(VirtualThreadsTest::isByWaiting).toList());
    assertNoneIsPinnedAgainAndAgain(pinned);
  }

  /**
   * Java itself pins who waits until another thread has loaded or initialised a class. That ends
   * with the first calls, while a monitor of ours would be contended all the time.
   */
  private static void assertNoneIsPinnedAgainAndAgain(List<RecordedEvent> pinned) {
    Map<String, Integer> places = new HashMap<>();
    for (RecordedEvent event : pinned) {
      places.merge(event.getStackTrace().toString(), 1, Integer::sum);
    }
    places.values().removeIf(times -> times <= 2 * Runtime.getRuntime().availableProcessors());
    assertEquals(Map.of(), places);
  }

  private Jvm callers(TestRedis redis, Path recording) throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("pinned.jfc"),
            """
            <configuration version="2.0">
              <event name="jdk.VirtualThreadPinned">
                <setting name="enabled">true</setting>
                <setting name="stackTrace">true</setting>
                <setting name="threshold">0 ms</setting>
              </event>
            </configuration>
            """);
    return Jvm.of(VirtualCallers.class, redis)
        .setting("namespace", "virtual")
        .setting("redis.timeout", "200ms")
        .option(
            "-XX:StartFlightRecording:settings=" + settings + ",filename=" + recording,
            "-XX:FlightRecorderOptions:stackdepth=256");
  }

  /** Lets the virtual threads of all JVMs call, again and again until it is so. */
  private void crowdUntil(String what, Callable<Boolean> enough, RunningJvm... jvms) {
    eventually(
        what,
        () -> {
          String name = "crowd-" + crowds++;
          for (RunningJvm jvm : jvms) {
            jvm.send("crowd " + name + " 700");
          }
          for (RunningJvm jvm : jvms) {
            jvm.awaitOut(name + "=");
          }
          return enough.call();
        });
  }

  private static boolean isEverythingUsed(Beans beans) {
    return beans.count("near", "NearHits") > 0
        && beans.count("found", "NearHits") > 0
        && beans.count("near", "Evictions") > 0
        && CACHES.stream()
            .allMatch(
                cache ->
                    beans.count(cache, "RedisHits") > 0
                        && beans.count(cache, "Misses") > 0
                        && beans.count(cache, "Puts") > 0);
  }

  private static long redisHits(Beans beans) {
    return CACHES.stream().mapToLong(cache -> beans.count(cache, "RedisHits")).sum();
  }

  private static boolean isOurs(RecordedEvent event) {
    return hasFrame(event, "io.github.rediscached.") || hasFrame(event, "java.lang.Rediscached");
  }

  /** And not because another thread loads or initialises a class, or has a monitor. */
  private static boolean isByWaiting(RecordedEvent event) {
    return !event.hasField("blockingOperation")
        || event.getString("blockingOperation").equals("LockSupport.park");
  }

  private static boolean hasFrame(RecordedEvent event, String beginning) {
    RecordedStackTrace trace = event.getStackTrace();
    return trace != null
        && trace.getFrames().stream()
            .anyMatch(frame -> frame.getMethod().getType().getName().startsWith(beginning));
  }
}
