package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CallSites;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
  public Consumer<Class<?>> opener() {
    throw new UnsupportedOperationException();
  }
}
