package io.github.rediscached.agent.protocol.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the protocol does against one race. Each can be left out, to see the race: those of scripts
 * by a change of the Lua text that production sends, the others by the model.
 */
enum Guard {
  /** An invalidation by key deletes the lease in the same command. */
  LEASE_DELETED_WITH_KEY,
  /** A store needs the lease to hold the token that its acquire answered with. */
  STORE_CHECKS_LEASE(
      Lua.of("STORE", "if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'lost' end", "")),
  /** A store needs all versions to be those that its acquire answered with. */
  STORE_CHECKS_VERSIONS(
      Lua.of(
          "STORE",
          "if now[i] ~= string.sub(ARGV[4], i * 16 + 1, (i + 1) * 16) then",
          "if false then")),
  /** An entry is a hit only with the versions that its load began with. */
  READ_CHECKS_VERSIONS,
  /**
   * Where the two keys of an invalidation can't be unlinked together, that goes first which makes
   * the other's unlinking safe.
   */
  COMPANION_FIRST,
  /** An invalidation by pattern changes the version of patterns before it scans, not after. */
  PATTERN_VERSION_FIRST,
  /** A tag from the result must not have been made after the acquire. */
  RESULT_TAG_NUMBER(
      Lua.of("STORE", "doubtful = doubtful or struct.unpack('>I8', version, 9) > before", "")),
  /** Numbers are compared within one epoch only. */
  RESULT_TAG_EPOCH(
      Lua.of("STORE", "doubtful = epoch ~= string.sub(ARGV[5], 1, 8)", "doubtful = false"),
      Lua.of("STORE", "if version and string.sub(version, 1, 8) == epoch then", "if version then")),
  /** The version of a tag from the result that was missing may have been invalidated. */
  MISSING_RESULT_TAG_REFUSES_STORE(Lua.of("STORE", "doubtful = true", "doubtful = doubtful")),
  /** A doubtful tag is stored only if no tag at all was invalidated meanwhile. */
  DOUBT_ENDS_WITH_AN_UNCHANGED_TAGS_VERSION(
      Lua.of(
          "STORE",
          "local quiet = redis.call('GET', KEYS[4]) == string.sub(ARGV[4], 1, 16)",
          "local quiet = true")),
  /** Whatever invalidates a tag changes the version of all such invalidations. */
  TAG_INVALIDATIONS_HAVE_A_VERSION,
  /** A version that is missing is another one than any that was seen. */
  MISSING_IS_NOT_OLD(
      Lua.of("STORE", "if now[i] ~= string.sub(", "if now[i] and now[i] ~= string.sub(")),
  /** A connection to another Redis process unlinks the version of the namespace. */
  NAMESPACE_RENEWED_ON_NEW_RUN_ID(
      Lua.of("CONNECT", "redis.call('UNLINK', KEYS[2], KEYS[3])", "redis.call('UNLINK', KEYS[3])")),
  /** A counter that was lost comes back with an epoch that never was. */
  COUNTER_EPOCH_RENEWED(
      Lua.of("ACQUIRE", "epoch, number, made = newEpoch, 0, true", Lua.FIRST_EPOCH),
      Lua.of("STORE", "epoch, number, made = newEpoch, 0, true", Lua.FIRST_EPOCH)),
  /** A waiter takes the value of a load in its JVM only if that still holds the lease. */
  WAITER_CHECKS_TOKEN,
  /** A waiter takes the value of a load in its JVM only if that began with today's versions. */
  WAITER_CHECKS_VERSIONS,
  /** Where tags come from the result, a waiter takes only what has been stored. */
  WAITER_TAKES_RESULT_TAGS_FROM_STORED,
  /** A put takes the lease before its method writes, not when it stores. */
  PUT_TAKES_LEASE_FIRST,
  /** A put that finds the lease lost unlinks the entry. */
  PUT_UNLINKS_WHEN_LEASE_LOST,
  /** So does one whose store is refused for another reason. */
  PUT_UNLINKS_WHEN_REFUSED,
  /** A put that Redis has not confirmed is sent again as an invalidation. */
  PUT_UNLINKS_WHEN_UNCONFIRMED;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Lua> changes;

  Guard(Lua... changes) {
    this.changes = List.of(changes);
  }

  /** A change of a script that leaves a guard out. */
  record Lua(String script, String text, String replacement) {

    private static final String FIRST_EPOCH =
        "epoch, number, made = struct.pack('>I8', 1), 0, true";

    private static Lua of(String script, String text, String replacement) {
      return new Lua(script, text, replacement);
    }
  }

  static Set<Guard> all() {
    return EnumSet.allOf(Guard.class);
  }

  static Set<Guard> allBut(Guard guard) {
    return EnumSet.complementOf(EnumSet.of(guard));
  }

  /**
   * The script without those that are not among these guards.
   *
   * @throws IllegalArgumentException if the script does not have a guard exactly once
   */
  static String only(Set<Guard> guards, String script, String lua) {
    String changed = lua;
    for (Guard guard : EnumSet.complementOf(EnumSet.copyOf(guards))) {
      for (Lua change : guard.changes) {
        if (change.script().equals(script)) {
          changed = replaceOnly(change, changed, guard);
        }
      }
    }
    return changed;
  }

  private static String replaceOnly(Lua change, String lua, Guard guard) {
    int at = lua.indexOf(change.text());
    if (at < 0 || lua.indexOf(change.text(), at + 1) >= 0) {
      throw new IllegalArgumentException(
          change.script() + " does not have " + guard + " exactly once: " + change.text());
    }
    return lua.replace(change.text(), change.replacement());
  }
}
