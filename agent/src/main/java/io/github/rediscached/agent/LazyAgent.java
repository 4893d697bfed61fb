package io.github.rediscached.agent;

import io.github.rediscached.agent.config.Settings;
import io.github.rediscached.agent.instrument.Wiring;
import io.github.rediscached.agent.jmx.JmxUse;
import io.github.rediscached.agent.log.AgentLog;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the agent when there is something for it to do: a method to cache or to report, or an
 * application that uses JMX and may look at the beans. Thread-safe.
 */
final class LazyAgent implements Supplier<Wiring>, Consumer<String> {

  private final Settings settings;
  private final Instrumentation instrumentation;
  private final AgentLog log;
  private @Nullable Agent agent;

  LazyAgent(Settings settings, Instrumentation instrumentation, AgentLog log) {
    this.settings = settings;
    this.instrumentation = instrumentation;
    this.log = log;
  }

  @Override
  public Wiring get() {
    return agent();
  }

  /** A class of the JDK is being loaded, on whatever thread; what ours load says nothing. */
  @Override
  public void accept(String internalClassName) {
    if (JmxUse.beginsWith(internalClassName)
        && Thread.currentThread().getContextClassLoader() != LazyAgent.class.getClassLoader()) {
      agent().applicationUsesJmx();
    }
  }

  private synchronized Agent agent() {
    if (agent == null) {
      agent = new Agent(settings, instrumentation, log);
      agent.start();
    }
    return agent;
  }
}
