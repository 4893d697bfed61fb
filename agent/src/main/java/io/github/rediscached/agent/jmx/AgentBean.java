package io.github.rediscached.agent.jmx;

import java.util.List;

/** The bean {@code type=Agent}. */
final class AgentBean {

  private AgentBean() {}

  static OpenBean of(AgentView agent) {
    return new OpenBean(
        "The rediscached agent of this JVM.",
        List.of(
            BeanAttribute.text("Version", "The agent's version.", agent::version),
            BeanAttribute.flag(
                "Enabled",
                "Whether cached methods look into Redis; false lets all of them run as without"
                    + " the agent, in this JVM, until it is set to true again or the JVM ends.",
                agent::enabled,
                agent::enabled),
            BeanAttribute.texts(
                "InstrumentedMethods",
                "methods",
                "The methods that are cached.",
                agent::instrumentedMethods),
            BeanAttribute.texts(
                "RejectedMethods",
                "methods",
                "The methods that were to be cached and are not, each with the reason.",
                agent::rejectedMethods)),
        List.of());
  }
}
