package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.Master;
import io.github.rediscached.agent.codec.UnreadableValueException;
import io.github.rediscached.agent.codec.ValueFormat;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.key.UnkeyableException;
import io.github.rediscached.agent.near.Dependency;
import io.github.rediscached.agent.near.NearEntry;
import io.github.rediscached.agent.near.NearKey;
import io.github.rediscached.agent.near.NearRegion;
import io.github.rediscached.agent.plan.NearOption;
import io.github.rediscached.agent.protocol.CallKeys;
import io.github.rediscached.agent.stats.CacheStats;
import io.github.rediscached.agent.thread.StackRoom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The near cache as one method uses it. {@link CachedCall} and {@link NearEntrance} look results up
 * here; a look-up in Redis leaves its hit here, if its changes will be told. The idea: the keys of
 * a look-up are watched from before it ({@link Dependency}), so a change on the way is not missed.
 * Where the tags of an entry are known only after the look-up, everything is read once more with
 * them watched. It never loads and never stores in Redis. Thread-safe.
 */
final class NearSide {

  /** Nothing that could be given. */
  static final Object ABSENT = new Object();

  /** The memory of an object of a value, about, beyond its bytes in Redis. */
  private static final int PART_BYTES = 32;

  /** The memory for a byte of a value in Redis, about. */
  private static final int OBJECT_PER_BYTE = 3;

  private final CachedMethod method;
  private final Entries entries;
  private final EntryPolicy policy;
  private final NearOption option;
  private final CallContext context;
  private final BooleanSupplier enabled;
  private final CacheStats stats;
  private final NearRegion region;
  private final int number;
  private final @Nullable NearValues values;
  private final long untrackedMillis;
  private final long toldMillis;

  /** Where a second read is under way. */
  private final Set<NearKey> beingRead = ConcurrentHashMap.newKeySet();

  NearSide(
      CachedMethod method,
      Entries entries,
      CallContext context,
      CacheSettings.Near settings,
      NearRegion region) {
    this.method = method;
    this.entries = entries;
    this.policy = entries.policy();
    this.option = method.cachePlan().options().near();
    this.context = context;
    this.enabled = context.enabled();
    this.stats = context.stats().cache(method.cache());
    this.region = region;
    this.number = region.newMethod();
    this.values = NearValues.of(method);
    Duration untrackedTtl = settings.untrackedTtl();
    this.untrackedMillis = untrackedTtl == null ? 0 : untrackedTtl.toMillis();
    this.toldMillis = settings.toldTtl().toMillis();
  }

  /** By what a call is found; null if it takes the Redis keys to find it. */
  @Nullable NearValues values() {
    return values;
  }

  /** Whether anything may be given at all. */
  boolean isEnabled() {
    return enabled.getAsBoolean();
  }

  /**
   * Looks a call up in memory.
   *
   * @param plan makes its Redis keys, if they are needed
   * @param judge says which of the values found may be given
   * @return the result, a {@link CachedCall.Thrown}, a {@link LookupSteps.Outcome.Another}, {@link
   *     CachedCall#RUN} (counted) if there is no stack left to ask Redis, or a {@link NearMiss}, to
   *     be ended when Redis has been asked
   */
  @Nullable Object look(
      CallKeyPlan plan, @Nullable Object target, @Nullable Object[] arguments, Judge judge)
      throws UnkeyableException, ExpressionException {
    NearValues byValues = values;
    Expression explicit = method.cachePlan().key();
    if (byValues == null) {
      CallKeys keys = plan.of(target, arguments);
      NearKey key = NearKey.of(number, keys.read());
      Object answer = find(key, judge);
      return answer == ABSENT ? missed(key, keys) : answer;
    }
    if (explicit == null) {
      NearKey key = keyOf(byValues, arguments);
      Object answer = find(key, judge);
      return answer == ABSENT ? missed(key, plan.of(target, arguments)) : answer;
    }
    Object value = method.keyValue(explicit, method.expressionCall(target, arguments, null));
    NearKey key = keyOf(byValues, value);
    Object answer = find(key, judge);
    return answer == ABSENT ? missed(key, plan.of(target, arguments, value)) : answer;
  }

  private Object missed(NearKey key, CallKeys keys) {
    if (!StackRoom.isThere()) {
      stats.bypass();
      return CachedCall.RUN;
    }
    return new NearMiss(this, key, keys, region.hold(keys.readWithExpected()));
  }

  private NearKey keyOf(NearValues byValues, @Nullable Object[] arguments) {
    int[] keyed = byValues.parameters();
    return switch (keyed.length) {
      case 0 -> NearKey.of(number, 0L);
      case 1 -> keyOf(byValues, arguments[keyed[0]]);
      case 2 -> NearKey.of(number, arguments[keyed[0]], arguments[keyed[1]]);
      default -> keyOfMany(keyed, arguments);
    };
  }

  private NearKey keyOf(NearValues byValues, @Nullable Object only) {
    return byValues.integral() && only != null
        ? NearKey.of(number, NearEntrance.asLong(only))
        : NearKey.of(number, only);
  }

  private NearKey keyOfMany(int[] keyed, @Nullable Object[] arguments) {
    @Nullable Object[] keyValues = new @Nullable Object[keyed.length];
    for (int i = 0; i < keyValues.length; i++) {
      keyValues[i] = arguments[keyed[i]];
    }
    return NearKey.of(number, keyValues);
  }

  /** As {@link #look}, or {@link #ABSENT}. */
  private @Nullable Object find(NearKey key, Judge judge) {
    NearEntry entry = region.find(key);
    if (entry == null) {
      return ABSENT;
    }
    Object shared = judge == Judge.ALL ? null : entry.value();
    if (shared == null) {
      return resultOf(entry);
    }
    return switch (judge.verdictOn(shared)) {
      case HIT -> resultOf(entry);
      case ANOTHER -> new LookupSteps.Outcome.Another(shared);
      case STALE -> ABSENT;
    };
  }

  /** The result of a call with a single integral argument, or {@link #ABSENT}. */
  @Nullable Object find(long argument) {
    return findResult(NearKey.of(number, argument));
  }

  /** The same for one argument of another kind. */
  @Nullable Object find(@Nullable Object argument) {
    return findResult(NearKey.of(number, argument));
  }

  /** The same for two. */
  @Nullable Object find(@Nullable Object first, @Nullable Object second) {
    return findResult(NearKey.of(number, first, second));
  }

  private @Nullable Object findResult(NearKey key) {
    NearEntry entry = enabled.getAsBoolean() ? region.find(key) : null;
    return entry == null || entry.exception() ? ABSENT : resultOf(entry);
  }

  private @Nullable Object resultOf(NearEntry entry) {
    Object source = entry.source();
    if (source == null) {
      stats.nearHit();
      return entry.value();
    }
    try {
      Object own =
          source instanceof Master master ? master.copy() : decoded(entry, (byte[]) source);
      stats.nearHit();
      return own;
    } catch (UnreadableValueException e) {
      return ABSENT;
    }
  }

  private @Nullable Object decoded(NearEntry entry, byte[] bytes) throws UnreadableValueException {
    ValueFormat format = method.values();
    if (entry.exception()) {
      Object value = format.read(bytes, entry.from(), entry.to());
      return value instanceof Throwable thrown ? new CachedCall.Thrown(thrown) : value;
    }
    if (!entry.staysAsBytes() && StackRoom.isThere()) {
      // Only now, since most entries of a large set are never asked for again.
      Master master = format.readMaster(bytes, entry.from(), entry.to());
      if (master != null) {
        region.replaceBytes(entry, master, weightOf(master.parts(), entry.to() - entry.from()));
        return master.copy();
      }
      entry.stayAsBytes();
    }
    return format.read(bytes, entry.from(), entry.to());
  }

  /** Of a value of so many objects that takes so many bytes in Redis. */
  static int weightOf(int parts, int bytes) {
    long weight = (long) PART_BYTES * parts + (long) OBJECT_PER_BYTE * bytes;
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }

  void release(Dependency[] held) {
    region.release(held);
  }

  /**
   * Keeps what a look-up has found, if it may be kept. Never throws.
   *
   * @param call its own keys, also where the look-up has found a variant
   * @param held since before the look-up; taken over
   */
  void keep(NearKey key, CallKeys call, Dependency[] held, Lookup lookup) {
    boolean taken = false;
    try {
      if (lookup.hit() && lifeMillis(lookup.result()) > 0) {
        taken = keepHit(key, call, held, lookup);
      }
    } catch (Throwable e) {
      // No memory, or no thread for the clock. The hit itself is good.
    } finally {
      if (!taken) {
        region.release(held);
      }
    }
  }

  /** Returns whether the dependencies were taken over. */
  private boolean keepHit(NearKey key, CallKeys call, Dependency[] held, Lookup lookup) {
    Lookup.Found found = lookup.result();
    if (lookup.tracked()) {
      put(key, held, keptOf(found), lifeMillis(found));
      return true;
    }
    if (context.protocol().isTold()) {
      return keepIfStillGood(key, call, held, lookup);
    }
    if (lookup.isVariant() || !found.entry().tags().isEmpty()) {
      // Not even this JVM's own evictions of all that these depend on would be known.
      return false;
    }
    put(key, held, keptOf(found), Math.min(lifeMillis(found), untrackedMillis));
    return true;
  }

  /**
   * Where the tags that an entry names were not expected, Redis tells of them after a second read;
   * also of a variant, and of the entry beside which it is good.
   */
  private boolean keepIfStillGood(NearKey key, CallKeys call, Dependency[] held, Lookup lookup) {
    Lookup.Found found = lookup.result();
    if (found.written().bytes().length > region.maxEntryBytes()) {
      return false;
    }
    // Here, since looking through a class for the first time takes long for the socket's thread.
    Kept kept = keptOf(found);
    byte[][] named = entries.namedBy(found);
    if (!beingRead.add(key)) {
      return false;
    }
    boolean variant = lookup.isVariant();
    Dependency[] more = {};
    boolean sent = false;
    try {
      more = region.hold(variant ? joined(named, lookup.keys().entry()) : named);
      byte[][] read = lookup.keys().readWith(variant ? joined(named, call.entry()) : named);
      readAgain(read, key, joined(held, more), lookup, kept);
      sent = true;
    } finally {
      if (!sent) {
        beingRead.remove(key);
        region.release(more);
      }
    }
    return true;
  }

  /**
   * @param all what the entry depends on; taken over
   */
  private void readAgain(byte[][] read, NearKey key, Dependency[] all, Lookup lookup, Kept kept) {
    var ignored =
        context
            .protocol()
            .readAgain(read)
            .askLater()
            .whenComplete(
                (now, failure) -> {
                  beingRead.remove(key);
                  boolean taken = false;
                  try {
                    if (now != null && now.tracked() && entries.isStillGood(lookup, now.values())) {
                      taken = true;
                      put(key, all, kept, lifeMillis(lookup.result()));
                    }
                  } finally {
                    if (!taken) {
                      region.release(all);
                    }
                  }
                });
  }

  /**
   * What is kept of a result.
   *
   * @param weight in bytes, about
   */
  private record Kept(NearEntry.Content content, int weight) {}

  private Kept keptOf(Lookup.Found found) {
    byte[] bytes = found.written().bytes();
    int from = found.written().from();
    int to = found.written().to();
    int parts = found.exception() ? -1 : method.values().immutableParts(found.value());
    boolean shared = parts >= 0 || (option.shared() && !found.exception());
    return shared
        ? new Kept(
            new NearEntry.Content(found.value(), null, 0, 0, false),
            weightOf(Math.max(0, parts), to - from))
        : new Kept(new NearEntry.Content(null, bytes, from, to, found.exception()), bytes.length);
  }

  private void put(NearKey key, Dependency[] held, Kept kept, long lifeMillis) {
    // What other programs change, and what Redis loses, only Redis itself could tell.
    long boundedMillis =
        context.protocol().isTracking() ? lifeMillis : Math.min(lifeMillis, toldMillis);
    region.put(key, kept.content(), held, boundedMillis, kept.weight());
  }

  private long lifeMillis(Lookup.Found found) {
    long ageMillis = context.protocol().clock().latestMillis() - found.createdMillis();
    long lifeMillis = found.entry().ttlMillis() - ageMillis;
    Duration refreshAfter = policy.refreshAfter();
    if (refreshAfter != null) {
      // From then on it is a hit in Redis that has the entry loaded anew.
      lifeMillis = Math.min(lifeMillis, refreshAfter.toMillis() - ageMillis);
    }
    Duration maxTtl = option.maxTtl();
    return maxTtl == null ? lifeMillis : Math.min(lifeMillis, maxTtl.toMillis());
  }

  private static byte[][] joined(byte[][] keys, byte[] key) {
    byte[][] both = Arrays.copyOf(keys, keys.length + 1);
    both[keys.length] = key;
    return both;
  }

  private static Dependency[] joined(Dependency[] one, Dependency[] other) {
    Dependency[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /**
   * A call whose result is not in memory. It holds what it takes to keep the answer of Redis; the
   * look-up ends it once.
   *
   * @param held the keys that the look-up will read, watched from before the look-up
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  record NearMiss(NearSide near, NearKey key, CallKeys keys, Dependency[] held) {

    /**
     * Keeps what was found, if it may be kept. Never throws.
     *
     * @param lookup null if Redis was not asked, or gave no answer
     */
    void end(@Nullable Lookup lookup) {
      if (lookup == null) {
        near.release(held);
      } else {
        near.keep(key, keys, held, lookup);
      }
    }
  }
}
