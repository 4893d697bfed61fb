package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.UnreadableValueException;
import io.github.rediscached.agent.log.AgentLog;

/** Logs why entries of a method are not read, where no other message does. */
final class UnreadValues {

  private final String method;
  private final AgentLog log;

  UnreadValues(String method, AgentLog log) {
    this.method = method;
    this.log = log;
  }

  /** Logs why the bytes of an entry could not even be unpacked, each reason once. */
  void report(PackedOtherwiseException e) {
    log.warnOnce(
        e.reason() + method,
        method + ": an entry in Redis was not read, so the method ran once more: " + e.reason());
  }

  /** Whether the reason is that the entry is damaged. */
  boolean isDamaged(UnreadableValueException e) {
    if (e.kind() != UnreadableValueException.Kind.FORBIDDEN) {
      return true;
    }
    log.warnOnce(
        "forbidden " + method,
        method
            + ": an entry in Redis was not read, so the method ran once more: "
            + e.getMessage()
            + " Only classes that the declared return type tells, or that this JVM has stored for"
            + " the method itself, are made from bytes. Declare a return type that tells the class,"
            + " such as List<Item> in place of Object, or name the class in `values.allowed`.");
    return false;
  }
}
