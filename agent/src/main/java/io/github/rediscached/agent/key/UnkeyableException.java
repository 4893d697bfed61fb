package io.github.rediscached.agent.key;

/**
 * No key can be made for a call, so the call bypasses the cache. The message names the place of the
 * obstacle, its kind and the remedy. It holds types and field names, never a value. There is no
 * stack trace, since some methods meet it in every call.
 */
public final class UnkeyableException extends Exception {

  UnkeyableException(String message) {
    super(message, null, false, false);
  }
}
