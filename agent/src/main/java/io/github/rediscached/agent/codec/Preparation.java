package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.ValueOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads Kryo's classes and the table of the JDK's types, 25 to 50 ms of work that the first value
 * would otherwise wait for. {@link ValueCodec#prepare} runs it on a thread of its own while the
 * agent connects to Redis.
 */
final class Preparation implements Runnable {

  /** A value like most results. */
  record Sample(long id, String name, List<Object> parts) {}

  @Override
  public void run() {
    try {
      ValueCodec codec =
          new ValueCodec(Preparation.class.getClassLoader(), type -> {}, ValueOptions.NONE);
      ValueFormat format = codec.formatOf(Preparation.class, Sample.class, List.of());
      Map<String, Object> map = new HashMap<>(Map.of("a", BigDecimal.ONE, "b", Instant.EPOCH));
      Sample sample = new Sample(1, "name", new ArrayList<>(List.of(1, map)));
      byte[] bytes = format.write(null, 0, sample, 1 << 10);
      format.read(bytes, 0, bytes.length);
    } catch (Throwable e) {
      // The first value loads the classes then, and its refusal names the fault.
    }
  }
}
