package io.github.rediscached.sample;

import io.github.rediscached.sample.CacheBeans.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * All endpoints, asked of one shop. The answers of a round must equal those of the round before, to
 * the byte.
 */
final class Round {

  private static final int MAX_WARM_CALLS = 500;
  private static final int MIN_WARM_CALLS = 10;
  private static final Duration WARM_TIME = Duration.ofSeconds(3);
  private static final Duration UPDATE_PATIENCE = Duration.ofSeconds(20);

  /** What was measured. */
  record Result(List<Read> reads, List<Write> writes) {}

  /**
   * What was measured of one endpoint.
   *
   * @param counts of the cache, in the meantime
   */
  record Read(Endpoint endpoint, Latencies cold, Latencies warm, Counts counts) {}

  /**
   * What was measured of one update.
   *
   * @param seenAfter when the first answer showed the change
   */
  record Write(Update update, Duration seenAfter) {}

  private final Shop shop;
  private final Optional<CacheBeans> beans;
  private final Map<String, String> expected;

  /**
   * Makes a round.
   *
   * @param beans empty: without the agent
   * @param expected the answers by path of the round before; those of new paths are added
   */
  Round(Shop shop, Optional<CacheBeans> beans, Map<String, String> expected) {
    this.shop = shop;
    this.beans = beans;
    this.expected = expected;
  }

  /** Asks all endpoints, cold and warm, then makes the updates and takes them back. */
  Result run(List<Update> updates) {
    for (Endpoint endpoint : Endpoint.ALL) {
      endpoint.rehearsal().forEach(this::get);
    }
    List<Read> reads = new ArrayList<>();
    for (Endpoint endpoint : Endpoint.ALL) {
      reads.add(read(endpoint));
    }
    List<Write> writes = new ArrayList<>();
    for (Update update : updates) {
      writes.add(write(update));
    }
    return new Result(reads, writes);
  }

  private Read read(Endpoint endpoint) {
    // The report has no rehearsal, so its bean may not exist before its first call.
    Counts before = endpoint.rehearsal().isEmpty() ? new Counts(0, 0) : counts(endpoint);
    List<Long> cold = new ArrayList<>();
    for (String path : endpoint.paths()) {
      cold.add(get(path));
    }
    List<Long> warm = new ArrayList<>();
    Deadline end = new Deadline(WARM_TIME);
    while (warm.size() < MIN_WARM_CALLS || (warm.size() < MAX_WARM_CALLS && !end.passed())) {
      warm.add(get(endpoint.paths().get(warm.size() % endpoint.paths().size())));
    }
    return new Read(
        endpoint, new Latencies(cold), new Latencies(warm), counts(endpoint).since(before));
  }

  private Counts counts(Endpoint endpoint) {
    return beans.map(present -> present.counts(endpoint.cache())).orElse(new Counts(0, 0));
  }

  /** How long it took, in nanoseconds. */
  private long get(String path) {
    long startNanos = System.nanoTime();
    String answer = shop.get(path);
    long elapsedNanos = System.nanoTime() - startNanos;
    compare("GET " + path, answer);
    return elapsedNanos;
  }

  private void compare(String request, String answer) {
    String before = expected.putIfAbsent(request, answer);
    if (before != null && !before.equals(answer)) {
      throw new Failure(
          "%s was answered differently.%nBefore: %s%nNow: %s".formatted(request, before, answer));
    }
  }

  private Write write(Update update) {
    get(update.readPath());
    String original = shop.get(update.readPath());
    compare(update.name(), shop.put(update.writePath(), update.change()));
    Deadline deadline = new Deadline(UPDATE_PATIENCE);
    String answer = shop.get(update.readPath());
    while (answer.equals(original)) {
      if (deadline.passed()) {
        throw new Failure(update.readPath() + " never showed what " + update.name() + " changed");
      }
      deadline.pause();
      answer = shop.get(update.readPath());
    }
    Duration seenAfter = deadline.elapsed();
    compare("changed " + update.readPath(), answer);
    takeBack(update, original);
    return new Write(update, seenAfter);
  }

  private void takeBack(Update update, String original) {
    String body = original.substring(original.indexOf('\n') + 1);
    var part = JsonMapper.shared().readTree(body).get(update.part());
    shop.put(update.writePath(), part.toString());
  }
}
