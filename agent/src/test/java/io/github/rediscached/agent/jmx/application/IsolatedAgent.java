package io.github.rediscached.agent.jmx.application;

import io.github.rediscached.agent.jmx.AgentView;
import io.github.rediscached.agent.jmx.BeanRegistration;
import io.github.rediscached.agent.jmx.JmxUse;
import io.github.rediscached.agent.jmx.RedisView;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.StatsRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a real agent would start, in a class loader that has nothing of the application. */
public final class IsolatedAgent implements AgentView, RedisView {

  private IsolatedAgent() {}

  /** Returns who is to be told of classes that the application loads. */
  public static Consumer<String> start(long delayMillis, long graceMillis) {
    IsolatedAgent agent = new IsolatedAgent();
    BeanRegistration registration =
        new BeanRegistration(
            new AgentLog(System.err),
            new StatsRegistry(),
            agent,
            agent,
            Duration.ofMillis(delayMillis),
            Duration.ofMillis(graceMillis));
    registration.start();
    return internalClassName -> {
      if (JmxUse.beginsWith(internalClassName)) {
        registration.applicationUsesJmx();
      }
    };
  }

  @Override
  public String version() {
    return "1.2.3";
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public void enabled(boolean on) {}

  @Override
  public List<String> instrumentedMethods() {
    return List.of();
  }

  @Override
  public List<String> rejectedMethods() {
    return List.of();
  }

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public long timeouts() {
    return 0;
  }

  @Override
  public long errors() {
    return 0;
  }

  @Override
  public long reconnects() {
    return 0;
  }

  @Override
  public Map<String, String> info() {
    return Map.of();
  }

  @Override
  public long pendingInvalidations() {
    return 0;
  }

  @Override
  public long nearEntries() {
    return 0;
  }

  @Override
  public long nearBytes() {
    return 0;
  }

  @Override
  public void reload() {}

  @Override
  public void invalidateTag(String tag) {}

  @Override
  public long invalidatePattern(String pattern) {
    return 0;
  }

  @Override
  public void clear(String cache) {}

  @Override
  public void clearAll() {}
}
