package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.UncacheableValueException;
import io.github.rediscached.agent.codec.UnreadableValueException;
import io.github.rediscached.agent.protocol.CallKeys;
import io.github.rediscached.agent.protocol.Envelope;
import io.github.rediscached.agent.protocol.Invalidations;
import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.protocol.LeaseTerms;
import io.github.rediscached.agent.protocol.Protocol;
import io.github.rediscached.agent.protocol.Versions;
import io.github.rediscached.agent.store.Question;
import io.github.rediscached.agent.store.RedisStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the entries of one method. A found entry is checked: is it of this method, has
 * none of the versions that it depends on changed, can its value be read? {@link LookupSteps} asks
 * it. It never runs the method and never counts.
 *
 * <p>An entry that is whole but not for this method (another method's, or one with another class
 * layout) is <em>foreign</em>: it stays, and this method uses a variant beside it that counts only
 * as long as the foreign entry is there. So two versions of an application don't overwrite each
 * other's entries, and deleting the entry deletes its variants.
 */
final class Entries {

  private final CachedMethod method;
  private final Protocol protocol;
  private final Invalidations invalidations;
  private final EntryPolicy policy;
  private final Packing packing;
  private final UnreadValues unread;
  private final byte[] variantSuffix;

  Entries(CachedMethod method, CallContext context, EntryPolicy policy) {
    this.method = method;
    this.protocol = context.protocol();
    this.invalidations = context.invalidations();
    this.policy = policy;
    this.packing = context.packing();
    this.unread = new UnreadValues(method.plan().displayName(), context.log());
    this.variantSuffix =
        (":~v" + Long.toHexString(method.ownSchema())).getBytes(StandardCharsets.US_ASCII);
  }

  EntryPolicy policy() {
    return policy;
  }

  /**
   * Looks a call's entry up.
   *
   * @param track whether Redis is to tell of changes, if one read is enough for that
   * @param next what to do with what was found
   */
  <T> Step<T> find(CallKeys keys, boolean track, Step.Next<Lookup, T> next) {
    return ask(keys, track, read -> check(keys, read).then(next));
  }

  /**
   * The same in the expectation that there is no entry: then the lease is taken in the same round
   * trip.
   */
  <T> Step<T> findOrAcquire(CallKeys keys, boolean track, Step.Next<Lookup, T> next) {
    LeaseTerms terms = method.leaseTerms(policy);
    return Step.ask(
        protocol.readAndAcquire(keys, track, terms),
        both -> check(keys, both.read(), method.asked(terms, both.lease())).then(next));
  }

  private Step<Lookup> check(CallKeys keys, RedisStore.Read read, @Nullable Lease lease) {
    if (lease == null) {
      return check(keys, read);
    }
    boolean needed = false;
    try {
      Step<Lookup> step = check(keys, read);
      needed = step.isDone() && step.value().isVoid();
      return needed ? Step.done(step.value().with(lease)) : step;
    } finally {
      if (!needed && lease.granted()) {
        // The entry has gone between the two.
        protocol.release(keys, lease);
      }
    }
  }

  /** Checks the entry that one read has found, of {@link CallKeys#readWithExpected}. */
  Step<Lookup> check(CallKeys keys, RedisStore.Read read) {
    Step<Lookup> step = checkMain(keys, read.values());
    return read.tracked() && step.isDone() ? Step.done(step.value().withTracking()) : step;
  }

  private <T> Step<T> ask(CallKeys keys, boolean track, Step.Next<RedisStore.Read, T> next) {
    return Step.ask(read(keys, track), next);
  }

  /** The question of {@link #find}, for {@link #check}; Redis does not tell of changes. */
  Question<RedisStore.Read> read(CallKeys keys) {
    return read(keys, false);
  }

  private Question<RedisStore.Read> read(CallKeys keys, boolean track) {
    boolean unknownTags = keys.expected() == null;
    return protocol.read(keys.readWithExpected(), unknownTags, track && !unknownTags);
  }

  private Step<Lookup> checkMain(CallKeys keys, byte[] @Nullable [] answer) {
    byte[] bytes = answer[0];
    if (bytes == null) {
      return missed(null, keys, Protocol.NOTHING_SEEN, 0, false);
    }
    byte[] seen = tokenIn(bytes);
    Envelope entry = Envelope.read(bytes, keys.entry());
    if (entry == null) {
      return missed(null, keys, seen, 0, true);
    }
    if (entry.schema() != method.entrySchema()) {
      return findVariant(keys, entry.token());
    }
    return checkVersions(
        entry, bytes, keys, answer, good -> checkValue(entry, bytes, keys, seen, good));
  }

  private Step<Lookup> checkValue(
      Envelope entry, byte[] bytes, CallKeys keys, byte[] seen, boolean good) {
    if (!good) {
      return missed(null, withTags(keys, entry), seen, 0, false);
    }
    try {
      Lookup.Found found = read(entry, bytes, keys);
      if (found != null) {
        return lookup(entry, found, keys, seen, 0);
      }
    } catch (PackedOtherwiseException e) {
      return packedOtherwise(e, keys, seen, 0);
    } catch (UnreadableValueException e) {
      if (e.kind() != UnreadableValueException.Kind.FOREIGN_LAYOUT) {
        return missed(null, keys, seen, 0, unread.isDamaged(e));
      }
    }
    return findVariant(keys, entry.token());
  }

  private Step<Lookup> findVariant(CallKeys main, long mainToken) {
    byte[] variant = variantOf(main.entry());
    CallKeys keys = main.withEntry(variant, method.expectedTags(variant, main.named()));
    return ask(keys, false, read -> checkVariant(keys, mainToken, read.values()));
  }

  private byte[] variantOf(byte[] key) {
    byte[] variant = Arrays.copyOf(key, key.length + variantSuffix.length);
    System.arraycopy(variantSuffix, 0, variant, key.length, variantSuffix.length);
    return variant;
  }

  private Step<Lookup> checkVariant(CallKeys keys, long mainToken, byte[] @Nullable [] answer) {
    byte[] bytes = answer[0];
    if (bytes == null) {
      return missed(null, keys, Protocol.NOTHING_SEEN, mainToken, false);
    }
    byte[] seen = tokenIn(bytes);
    Envelope entry = Envelope.read(bytes, keys.entry());
    if (entry == null || entry.mainToken() != mainToken || entry.schema() != method.entrySchema()) {
      return missed(null, keys, seen, mainToken, false);
    }
    return checkVersions(
        entry,
        bytes,
        keys,
        answer,
        good -> checkVariantValue(entry, bytes, keys, seen, mainToken, good));
  }

  private Step<Lookup> checkVariantValue(
      Envelope entry, byte[] bytes, CallKeys keys, byte[] seen, long mainToken, boolean good) {
    try {
      Lookup.Found found = good ? read(entry, bytes, keys) : null;
      return found == null
          ? missed(null, keys, seen, mainToken, false)
          : lookup(entry, found, keys, seen, mainToken);
    } catch (PackedOtherwiseException e) {
      return packedOtherwise(e, keys, seen, mainToken);
    } catch (UnreadableValueException e) {
      return missed(null, keys, seen, mainToken, unread.isDamaged(e));
    }
  }

  private Step<Lookup> lookup(
      Envelope entry, Lookup.Found found, CallKeys keys, byte[] seen, long mainToken) {
    long ageMillis = protocol.clock().latestMillis() - found.createdMillis();
    if (ageMillis < entry.ttlMillis()) {
      return Step.done(Lookup.hit(found, keys, seen, mainToken));
    }
    // Another method's, or an older version's, may be kept for longer than this one may give it.
    boolean mayServe = ageMillis < entry.ttlMillis() + policy.staleOnErrorMillis();
    return missed(mayServe ? found : null, keys, seen, mainToken, false);
  }

  private static Step<Lookup> missed(
      Lookup.@Nullable Found stale, CallKeys keys, byte[] seen, long mainToken, boolean damaged) {
    Lookup.Unread unread = damaged ? Lookup.Unread.DAMAGED : Lookup.Unread.NONE;
    return Step.done(Lookup.miss(stale, keys, seen, mainToken, unread));
  }

  private Step<Lookup> packedOtherwise(
      PackedOtherwiseException e, CallKeys keys, byte[] seen, long mainToken) {
    unread.report(e);
    return Step.done(Lookup.miss(null, keys, seen, mainToken, Lookup.Unread.REPORTED));
  }

  /**
   * The next result will probably have the tags that the present entry names, so their versions are
   * made before the load; else it could not be stored where one of them was invalidated.
   */
  private CallKeys withTags(CallKeys keys, Envelope entry) {
    return entry.tags().isEmpty()
        ? keys
        : new CallKeys(keys.read(), named(entry.tags()), keys.expected(), keys.beganNanos());
  }

  /**
   * The entry names these tags, or will: they are expected the next time.
   *
   * @return whether they were this time
   */
  boolean expect(CallKeys keys, byte[][] named) {
    boolean asExpected = Arrays.deepEquals(keys.expected(), named);
    if (!asExpected) {
      method.sawTags(keys.entry(), named);
    }
    return asExpected;
  }

  /** What follows from whether the versions are still those that the load began with. */
  private interface AfterVersions {

    Step<Lookup> checked(boolean good);
  }

  private Step<Lookup> checkVersions(
      Envelope entry, byte[] bytes, CallKeys keys, byte[] @Nullable [] answer, AfterVersions next) {
    int count = keys.read().length;
    byte[][] named = named(entry.tags());
    boolean asExpected = expect(keys, named);
    if (entry.versions() != Versions.digest(answer, count - 1)
        || isAboutToBeInvalidated(keys, named)) {
      return next.checked(false);
    }
    boolean readByScript = keys.expected() == null && answer.length == count + named.length;
    if (named.length == 0 || asExpected || readByScript) {
      return next.checked(hasTagVersions(entry, bytes, answer, count));
    }
    // It names others now, or it is of another method.
    return Step.ask(
        protocol.readTags(keys.entry(), named),
        read -> next.checked(hasTagVersions(entry, bytes, read.values(), 0)));
  }

  private static boolean hasTagVersions(
      Envelope entry, byte[] bytes, byte[] @Nullable [] current, int at) {
    int count = entry.tags().size();
    int versionAt = entry.valueEnd(bytes.length);
    for (int i = 0; i < count; i++, versionAt += Versions.BYTES) {
      byte[] version = current[at + i];
      if (version == null
          || !Arrays.equals(
              version, 0, version.length, bytes, versionAt, versionAt + Versions.BYTES)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Named tags are known from the entry only, so it is here that they are held against what waits.
   * And the rest once more, after them: one of the tags may have become a wider key since the rest
   * was looked at.
   */
  private boolean isAboutToBeInvalidated(CallKeys keys, byte[][] named) {
    return invalidations.concerns(keys, named) || invalidations.concerns(keys, keys.read());
  }

  /** The versions of the tags that a found entry names. */
  byte[][] namedBy(Lookup.Found found) {
    return named(found.entry().tags());
  }

  /**
   * Whether an entry that was found is still there and good.
   *
   * @param answer what was read later: {@link CallKeys#read} and {@link #namedBy}, and for a
   *     variant the main entry
   */
  boolean isStillGood(Lookup lookup, byte[] @Nullable [] answer) {
    Lookup.Found found = lookup.result();
    int count = lookup.keys().read().length;
    Envelope entry = found.entry();
    int main = count + entry.tags().size();
    return answer.length == (lookup.isVariant() ? main + 1 : main)
        && Arrays.equals(answer[0], found.bytes())
        && (!lookup.isVariant() || hasToken(answer[main], lookup.mainToken()))
        && entry.versions() == Versions.digest(answer, count - 1)
        && !isAboutToBeInvalidated(lookup.keys(), namedBy(found))
        && hasTagVersions(entry, found.bytes(), answer, count);
  }

  private static boolean hasToken(byte @Nullable [] entry, long token) {
    return entry != null
        && entry.length >= Envelope.TOKEN_AT + Envelope.TOKEN_BYTES
        && ByteBuffer.wrap(entry).getLong(Envelope.TOKEN_AT) == token;
  }

  /** As Redis reads it in the script that acquires a lease. */
  private static byte[] tokenIn(byte[] bytes) {
    return bytes.length <= Envelope.TOKEN_AT
        ? Protocol.NOTHING_SEEN
        : Arrays.copyOfRange(
            bytes,
            Envelope.TOKEN_AT,
            Math.min(bytes.length, Envelope.TOKEN_AT + Envelope.TOKEN_BYTES));
  }

  /** Null if the value is not one of this method's. */
  private Lookup.@Nullable Found read(Envelope entry, byte[] bytes, CallKeys keys)
      throws UnreadableValueException, PackedOtherwiseException {
    Packing.Value written = packing.value(entry, bytes, keys.entry());
    Object value = method.values().read(written.bytes(), written.from(), written.to());
    if (entry.exception()
        ? value != null && method.cachesException(value)
        : method.returns(value)) {
      return new Lookup.Found(value, entry, bytes, written);
    }
    return null;
  }

  /**
   * The result in an entry that another call has just written; null if it is not this method's.
   *
   * @param mainToken of the main entry that this call has seen, if it looks for a variant: an
   *     eviction of the main entry evicts the variant
   */
  Lookup.@Nullable Found read(byte[] bytes, CallKeys keys, long mainToken) {
    Envelope entry = Envelope.read(bytes, keys.entry());
    if (entry == null
        || entry.mainToken() != mainToken
        || entry.schema() != method.entrySchema()
        || isAboutToBeInvalidated(keys, named(entry.tags()))) {
      return null;
    }
    try {
      return read(entry, bytes, keys);
    } catch (UnreadableValueException | PackedOtherwiseException e) {
      return null;
    }
  }

  /**
   * Writes an entry.
   *
   * @param target the object that the method was called on; null for static methods
   * @param tags those that it names
   */
  byte[] write(
      @Nullable Object target,
      CallKeys keys,
      Lease lease,
      long mainToken,
      List<String> tags,
      @Nullable Object value,
      boolean exception,
      long ttlMillis,
      long loadNanos)
      throws UncacheableValueException {
    Envelope envelope =
        new Envelope(
            exception,
            method.entrySchema(),
            ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
            protocol.clock().earliestMillis(),
            ttlMillis,
            loadNanos / 1_000,
            lease.digest(),
            mainToken,
            tags);
    byte[] written =
        method.values().write(target, envelope.bytes(), value, policy.maxValueSizeBytes());
    return packing.entry(envelope, written, keys.entry());
  }

  /** An entry as it will be read: Redis appends the versions of the named tags. */
  static byte[] asStored(byte[] entry, int namedTags) {
    return namedTags == 0
        ? entry
        : Arrays.copyOf(entry, entry.length + namedTags * Envelope.VERSION_BYTES);
  }

  /** The keys of the tags that an entry names, in the order of {@link #write}. */
  byte[][] named(List<String> tags) {
    return protocol.keys().tagVersions(tags);
  }
}
