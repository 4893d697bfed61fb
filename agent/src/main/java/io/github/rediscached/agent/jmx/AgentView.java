package io.github.rediscached.agent.jmx;

import java.util.List;

/** What the agent's bean shows and switches. Called on threads of JMX; answers without waiting. */
public interface AgentView {

  String version();

  /** Whether cached methods are looked up at all. */
  boolean enabled();

  void enabled(boolean on);

  /** The methods that are cached. */
  List<String> instrumentedMethods();

  /** The methods that were asked for and are not cached, each with its reason. */
  List<String> rejectedMethods();
}
