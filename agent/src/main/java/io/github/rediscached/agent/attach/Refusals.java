package io.github.rediscached.agent.attach;

/** Why a JVM can't be attached to, in words. */
final class Refusals {

  private Refusals() {}

  /** The JVM does not answer. */
  static AttachException silent(long pid, Throwable cause) {
    return new AttachException(
        "process "
            + pid
            + " does not answer ("
            + cause.getMessage()
            + "). It is no JVM, it hangs, or it was started with -XX:+DisableAttachMechanism; then"
            + " restart it with -javaagent.",
        cause);
  }

  /** The JVM answers, and does not load the agent. */
  static AttachException agent(long pid, Throwable cause) {
    return agent(pid, String.valueOf(cause.getMessage()), cause);
  }

  static AttachException agent(long pid, String reason, Throwable cause) {
    boolean forbidden = reason.contains("ynamic agent loading is not enabled");
    return new AttachException(
        "JVM "
            + pid
            + " does not load the agent: "
            + reason
            + (forbidden
                ? " Start it with -javaagent, or with -XX:+EnableDynamicAgentLoading."
                : ". See what it has written to its stderr."),
        cause);
  }
}
