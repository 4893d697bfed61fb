package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.ValueOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads what the first value of a JVM would have to wait for: Kryo's classes and the table of the
 * JDK's types, some 25 to 50 ms of work. Runs on a thread of its own while Redis is connected.
 */
final class Preparation implements Runnable {

  /** As simple results are. */
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
      // Then the first value does it, and says what is wrong.
    }
  }
}
