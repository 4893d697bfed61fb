package io.github.rediscached.agent.jmx;

import java.util.ArrayList;
import java.util.List;

/** An agent with two methods, one of them rejected. */
class FakeAgent implements AgentView {

  /** What was asked to be invalidated. */
  final List<String> invalidated = new ArrayList<>();

  private volatile boolean enabled = true;

  @Override
  public String version() {
    return "1.2.3";
  }

  @Override
  public boolean enabled() {
    return enabled;
  }

  @Override
  public void enabled(boolean on) {
    enabled = on;
  }

  @Override
  public List<String> instrumentedMethods() {
    return List.of("com.acme.Shop.find(long)");
  }

  @Override
  public List<String> rejectedMethods() {
    return List.of("com.acme.Shop.all(): Stream can be read only once. Return a List.");
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
  public void invalidateTag(String tag) {
    invalidated.add("tag " + tag);
  }

  @Override
  public long invalidatePattern(String pattern) {
    invalidated.add("pattern " + pattern);
    return 3;
  }

  @Override
  public void clear(String cache) {
    invalidated.add("cache " + cache);
  }

  @Override
  public void clearAll() {
    invalidated.add("all");
  }
}
