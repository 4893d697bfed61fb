package io.github.rediscached.agent.key;

/**
 * A call of which no key can be made; it bypasses the cache. Has no stack trace, since it belongs
 * to the ordinary course of some calls. The message says where the obstacle is, what it is and what
 * to do; it holds types and field names, never a value.
 */
public final class UnkeyableException extends Exception {

  UnkeyableException(String message) {
    super(message, null, false, false);
  }
}
