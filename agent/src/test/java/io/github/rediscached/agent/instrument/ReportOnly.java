package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.http.HttpSites;
import org.jspecify.annotations.Nullable;

/** An agent that can report methods and do nothing for them. */
record ReportOnly(MethodReport report) implements AgentRuntime {

  @Override
  public void jdkClassLoaded(String internalName) {}

  @Override
  public CallSites callSites(Bridge bridge) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean cachesResponses() {
    return false;
  }

  @Override
  public @Nullable HttpSites httpSites(Bridge bridge) {
    return null;
  }

  @Override
  public void invalidateLater(@Nullable String cache) {
    throw new UnsupportedOperationException();
  }

  /** Of an agent that writes nothing. */
  MissedWrites missedWrites() {
    return new MissedWrites(type -> {}, this);
  }
}
