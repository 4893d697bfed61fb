package io.github.rediscached.agent.jmx;

import java.util.List;

/**
 * The bean {@code type=Agent}: which attributes and operations it has and how they are described.
 * {@link PlatformBeans} registers it. It decides nothing: all of them go to the {@link AgentView}.
 */
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
                "The methods that are cached, or that evict or put.",
                agent::instrumentedMethods),
            BeanAttribute.texts(
                "RejectedMethods",
                "methods",
                "The methods that annotations or rules name and that the agent leaves as they are,"
                    + " each with the reason.",
                agent::rejectedMethods),
            BeanAttribute.count(
                "NearEntries", "results", "Results in this JVM's memory.", agent::nearEntries),
            BeanAttribute.count(
                "NearBytes",
                "bytes",
                "Approximate size of the results in this JVM's memory; at most near.max-size.",
                agent::nearBytes)),
        List.of(
            new BeanOperation(
                "invalidateTag",
                "Invalidates everything with this tag, in all caches and for all JVMs of the"
                    + " namespace.",
                "tag",
                "The tag, such as product:42.",
                "no result",
                void.class,
                tag -> {
                  agent.invalidateTag(tag);
                  return null;
                }),
            new BeanOperation(
                "invalidatePattern",
                "Deletes the entries whose Redis keys match and returns their number. Returns -1 if"
                    + " that took longer than pattern-wait or Redis could not be reached; then all"
                    + " entries of the caches that the pattern may concern are invalidated instead,"
                    + " as soon as Redis can be reached.",
                "pattern",
                "A Redis glob that begins with the namespace, such as shop:products:*.",
                "keys",
                long.class,
                agent::invalidatePattern),
            BeanOperation.of(
                "reload",
                "Reads the settings again, of file, system properties and environment. If they have"
                    + " mistakes nothing changes, and stderr names them.",
                agent::reload),
            BeanOperation.of(
                "clearAll",
                "Invalidates all entries of the namespace, for all JVMs, at once.",
                agent::clearAll)));
  }
}
