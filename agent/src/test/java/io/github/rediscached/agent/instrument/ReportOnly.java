package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CallSites;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An agent that can report methods and do nothing for them. */
record ReportOnly(MethodReport report) implements Wiring, Supplier<Wiring> {

  @Override
  public Wiring get() {
    return this;
  }

  @Override
  public CallSites callSites(Bridge bridge) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void invalidateLater(@Nullable String cache) {
    throw new UnsupportedOperationException();
  }

  /** Of an agent that writes nothing. */
  MissedWrites missedWrites() {
    return new MissedWrites(type -> {}, this);
  }

  @Override
  public Consumer<Class<?>> opener() {
    throw new UnsupportedOperationException();
  }
}
