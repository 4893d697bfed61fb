package io.github.rediscached.agent.protocol.model;

import org.jspecify.annotations.Nullable;

/**
 * What Redis holds, with small numbers in place of random ones: versions and the counter are {@code
 * 100 * epoch + number}, and 0 is a key that is missing.
 *
 * @param values one character for each key, in the order of {@link Key}
 * @param epochs no key, but how many epochs there were, so that each is another one
 * @param process the {@code run_id}
 */
record RedisState(String values, @Nullable Entry entry, int epochs, int process) {

  private static final RedisState EMPTY =
      new RedisState("\0".repeat(Key.ENTRY.place), null, 0, 1).with(Key.RUN_ID, 1);

  static RedisState empty() {
    return EMPTY;
  }

  /** All versions are there, and nothing else. */
  static RedisState warm() {
    RedisState warm = new RedisState(EMPTY.values, null, 1, 1);
    return warm.with(Key.NAMESPACE, 101)
        .with(Key.SCOPE, 102)
        .with(Key.PATTERN, 103)
        .with(Key.RESULT_TAG, 104)
        .with(Key.TAGS, 105)
        .with(Key.COUNTER, 105);
  }

  /** With an entry that a load of the first version of the database has stored. */
  RedisState filled(boolean resultTagged) {
    int resultTag = resultTagged ? get(Key.RESULT_TAG) : 0;
    Entry stored = new Entry(1, get(Key.NAMESPACE), get(Key.SCOPE), resultTag, 0);
    return new RedisState(values, stored, epochs, process);
  }

  /** Of any key but the entry's. */
  int get(Key key) {
    return values.charAt(key.place);
  }

  RedisState with(Key key, int value) {
    char[] changed = values.toCharArray();
    changed[key.place] = (char) value;
    return new RedisState(new String(changed), entry, epochs, process);
  }

  RedisState without(Key key) {
    return key == Key.ENTRY ? new RedisState(values, null, epochs, process) : with(key, 0);
  }

  /** All keys are gone. */
  RedisState flushed() {
    return new RedisState("\0".repeat(values.length()), null, epochs, process);
  }

  /** This data in the hands of a process that was started just now. */
  RedisState restarted(RedisState before) {
    return new RedisState(values, entry, before.epochs, before.process + 1);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Redis with ").append(entry);
    for (Key key : Key.values()) {
      if (key != Key.ENTRY) {
        text.append(", ").append(key).append(' ').append(get(key));
      }
    }
    return text.toString();
  }
}
