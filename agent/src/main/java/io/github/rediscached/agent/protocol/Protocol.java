package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.store.RedisStore;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The steps of docs/protocol.md for loads: read, acquire, store, release. The other half, of
 * invalidations, is {@link Invalidations}. Thread-safe.
 */
public final class Protocol {

  /** In the keys of a script, less the entry, which is there already. */
  private static final int BEFORE_VERSIONS = 4;

  /** In place of the token of an entry, where there was none. */
  public static final byte[] NOTHING_SEEN = {};

  private static final byte[] FORCE = ascii("force");
  private static final byte[] KEEP = ascii("keep");
  private static final byte[] NOT = {};

  private final RedisStore store;
  private final ProtocolKeys keys;
  private final ServerClock clock;
  private final RedisStore.ChangeListener changes;

  /**
   * @param changes told of what this JVM itself has changed, before Redis tells
   */
  public Protocol(
      RedisStore store, ProtocolKeys keys, ServerClock clock, RedisStore.ChangeListener changes) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
    this.changes = changes;
    store.scripts(Scripts.ALL);
  }

  public ProtocolKeys keys() {
    return keys;
  }

  public ServerClock clock() {
    return clock;
  }

  /**
   * Reads an entry and versions in one round trip.
   *
   * @param namedTags whether the entry is likely to name tags, of which the versions are then read
   *     as well
   * @return in the order of the keys, then the versions of the named tags, if they were read
   */
  public byte[] @Nullable [] read(byte[][] readKeys, boolean namedTags)
      throws StoreUnavailableException {
    return namedTags
        ? store.run(Scripts.READ, readKeys, new byte[][] {keys.tagPrefix()})
        : store.read(readKeys);
  }

  /** The same without named tags, and Redis is asked to tell of changes of these keys. */
  public RedisStore.TrackedRead readTracked(byte[][] readKeys) throws StoreUnavailableException {
    return store.readTracked(readKeys);
  }

  /** Whether Redis tells of changes at all. */
  public boolean isTracking() {
    return store.isTracking();
  }

  /** As {@link #readTracked}, but nobody waits; see {@link RedisStore#readLater}. */
  public CompletableFuture<RedisStore.TrackedRead> readTrackedLater(byte[][] readKeys) {
    return store.readTrackedLater(readKeys);
  }

  /** The same for what was read already, to be told of its changes. */
  public CompletableFuture<RedisStore.TrackedRead> readAgainLater(byte[][] readKeys) {
    return store.tryReadTracked(readKeys);
  }

  /** As {@link #read}, but nobody waits; see {@link RedisStore#readLater}. */
  public CompletableFuture<byte[] @Nullable []> readLater(byte[][] readKeys, boolean namedTags) {
    return namedTags
        ? store.runLater(Scripts.READ, readKeys, new byte[][] {keys.tagPrefix()})
        : store.readLater(readKeys);
  }

  /** Whether Redis can be asked at all; never waits. */
  public boolean isConnected() {
    return store.connected();
  }

  /**
   * Takes the lease of the entry, or finds who has it.
   *
   * @param seen the token of the entry that does not count; empty if there was none
   * @param force for a put: whoever has the lease
   * @return null if somebody has stored another entry: read again
   */
  public @Nullable Lease acquire(CallKeys call, byte[] seen, LeaseTerms terms, boolean force)
      throws StoreUnavailableException {
    byte[] token = newToken(force ? Lease.PUT : Lease.LOAD);
    byte[] leaseKey = call.lease();
    long sentNanos = System.nanoTime();
    byte[] @Nullable [] answer;
    try {
      answer =
          store.run(
              Scripts.ACQUIRE,
              scriptKeys(call, leaseKey, call.named()),
              acquireArguments(token, seen, terms, force));
    } catch (StoreUnavailableException e) {
      // Perhaps it is granted all the same, and others would wait for us.
      releaseToken(leaseKey, token);
      throw e;
    }
    return leaseIn(answer, call, token, terms, sentNanos);
  }

  /**
   * What came of a look-up and a lease that were asked for together.
   *
   * @param read {@link CallKeys#readWithExpected}
   * @param lease null if there is an entry, or it could not be asked for
   */
  public record ReadAndLease(RedisStore.TrackedRead read, @Nullable Lease lease) {}

  /**
   * Reads, and right behind it takes the lease, as {@link #acquire} does, in case that there is no
   * entry. One round trip.
   *
   * @param track whether Redis is asked to tell of changes
   */
  public ReadAndLease readAndAcquire(CallKeys call, boolean track, LeaseTerms terms)
      throws StoreUnavailableException {
    byte[] token = newToken(Lease.LOAD);
    byte[] leaseKey = call.lease();
    long sentNanos = System.nanoTime();
    boolean answered = false;
    try {
      RedisStore.ReadAndRun both =
          store.readAndRun(
              call.readWithExpected(),
              track,
              Scripts.ACQUIRE,
              scriptKeys(call, leaseKey, call.named()),
              acquireArguments(token, NOTHING_SEEN, terms, false));
      ReadAndLease result = readAndLease(both, call, token, terms, sentNanos);
      answered = both.answered();
      return result;
    } finally {
      if (!answered) {
        // Perhaps it is granted all the same, and others would wait for us.
        releaseToken(leaseKey, token);
      }
    }
  }

  /** As {@link #readAndAcquire}, but nobody waits; see {@link RedisStore#readLater}. */
  public CompletableFuture<ReadAndLease> readAndAcquireLater(
      CallKeys call, boolean track, LeaseTerms terms) {
    byte[] token = newToken(Lease.LOAD);
    byte[] leaseKey = call.lease();
    long sentNanos = System.nanoTime();
    return store
        .readAndRunLater(
            call.readWithExpected(),
            track,
            Scripts.ACQUIRE,
            scriptKeys(call, leaseKey, call.named()),
            acquireArguments(token, NOTHING_SEEN, terms, false))
        .thenApply(
            both -> {
              if (!both.answered()) {
                releaseToken(leaseKey, token);
              }
              return readAndLease(both, call, token, terms, sentNanos);
            })
        .whenComplete(
            (both, failure) -> {
              if (failure != null) {
                releaseToken(leaseKey, token);
              }
            });
  }

  private ReadAndLease readAndLease(
      RedisStore.ReadAndRun both, CallKeys call, byte[] token, LeaseTerms terms, long sentNanos) {
    byte[] @Nullable [] acquired = both.ran();
    return new ReadAndLease(
        both.read(), acquired == null ? null : leaseIn(acquired, call, token, terms, sentNanos));
  }

  /** As {@link #acquire} for a load, but nobody waits; see {@link RedisStore#readLater}. */
  public CompletableFuture<@Nullable Lease> acquireLater(
      CallKeys call, byte[] seen, LeaseTerms terms) {
    byte[] token = newToken(Lease.LOAD);
    byte[] leaseKey = call.lease();
    long sentNanos = System.nanoTime();
    return store
        .runLater(
            Scripts.ACQUIRE,
            scriptKeys(call, leaseKey, call.named()),
            acquireArguments(token, seen, terms, false))
        .thenApply(answer -> leaseIn(answer, call, token, terms, sentNanos))
        .whenComplete(
            (lease, failure) -> {
              if (failure != null) {
                releaseToken(leaseKey, token);
              }
            });
  }

  private static byte[][] acquireArguments(
      byte[] token, byte[] seen, LeaseTerms terms, boolean force) {
    return new byte[][] {
      token,
      number(terms.leaseMillis()),
      number(LeaseTerms.retentionMillis(terms.lifeMillis())),
      newEpoch(),
      seen,
      force ? FORCE : NOT,
      terms.keep() ? KEEP : NOT
    };
  }

  private @Nullable Lease leaseIn(
      byte[] @Nullable [] answer, CallKeys call, byte[] token, LeaseTerms terms, long sentNanos) {
    if (answer.length == 0) {
      return null;
    }
    byte[] holder = element(answer, 0);
    clock.saw(
        1_000 * numberIn(element(answer, answer.length - 2))
            + numberIn(element(answer, answer.length - 1)) / 1_000,
        sentNanos);
    int count = 1 + call.read().length;
    byte[] versions = new byte[count * Versions.BYTES];
    for (int i = 0; i < count; i++) {
      System.arraycopy(element(answer, 2 + i), 0, versions, i * Versions.BYTES, Versions.BYTES);
    }
    return new Lease(
        holder,
        Arrays.equals(holder, token),
        element(answer, 1),
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(terms.leaseMillis()),
        versions);
  }

  /**
   * Sends the entry that was loaded under a lease, and returns at once.
   *
   * @param named the versions of all tags that the entry names
   * @param onEnd told whether it was stored
   */
  public void store(
      CallKeys call,
      byte[][] named,
      Lease lease,
      byte[] entry,
      long lifeMillis,
      RedisStore.Answer onEnd) {
    store.send(
        Scripts.STORE,
        scriptKeys(call, call.lease(), named),
        storeArguments(lease, entry, lifeMillis),
        entry.length,
        onEnd);
  }

  /** The same, but waits; whether it was stored. */
  public boolean storeNow(CallKeys call, byte[][] named, Lease lease, byte[] entry, long lifeMillis)
      throws StoreUnavailableException {
    try {
      byte[] @Nullable [] answer =
          store.run(
              Scripts.STORE,
              scriptKeys(call, call.lease(), named),
              storeArguments(lease, entry, lifeMillis));
      return isStored(answer);
    } finally {
      changes.changed(call.entry());
    }
  }

  public static boolean isStored(byte[] @Nullable [] answer) {
    return answer.length == 1 && answer[0] != null && answer[0].length == "stored".length();
  }

  private static byte[][] storeArguments(Lease lease, byte[] entry, long lifeMillis) {
    return new byte[][] {
      lease.token(),
      entry,
      number(lifeMillis),
      lease.versions(),
      lease.counter(),
      number(LeaseTerms.retentionMillis(lifeMillis)),
      newEpoch()
    };
  }

  /** Gives a lease back without storing; those who wait need not wait any more. */
  public void release(CallKeys call, Lease lease) {
    releaseToken(call.lease(), lease.token());
  }

  private void releaseToken(byte[] leaseKey, byte[] token) {
    store.send(Scripts.RELEASE, new byte[][] {leaseKey}, new byte[][] {token}, 0, Ignored.ANSWER);
  }

  /** Whether somebody still has the lease under this token; nobody waits. */
  public CompletableFuture<Boolean> isHeldLater(CallKeys call, Lease lease) {
    return store
        .readLater(new byte[][] {call.lease()})
        .thenApply(answer -> Arrays.equals(answer[0], lease.token()));
  }

  /** Whether the holder of the lease has ended; waits at most so long. */
  public boolean awaitEnd(CallKeys call, Lease lease, long timeoutNanos) {
    return store.awaitChange(call.lease(), lease.token(), timeoutNanos);
  }

  private byte[][] scriptKeys(CallKeys call, byte[] leaseKey, byte[][] named) {
    byte[][] read = call.read();
    byte[][] all = new byte[BEFORE_VERSIONS + read.length + named.length][];
    all[0] = read[0];
    all[1] = leaseKey;
    all[2] = keys.counter();
    all[3] = keys.tagsVersion();
    all[4] = keys.patternVersion();
    System.arraycopy(read, 1, all, 5, read.length - 1);
    System.arraycopy(named, 0, all, BEFORE_VERSIONS + read.length, named.length);
    return all;
  }

  private static byte[] element(byte[] @Nullable [] answer, int index) {
    byte[] element = index < answer.length ? answer[index] : null;
    if (element == null) {
      throw new IllegalStateException("the script's answer is incomplete");
    }
    return element;
  }

  private static byte[] newToken(byte first) {
    byte[] token = new byte[Lease.TOKEN_BYTES];
    ThreadLocalRandom random = ThreadLocalRandom.current();
    ByteBuffer.wrap(token).putLong(random.nextLong()).putLong(random.nextLong());
    token[0] = first;
    return token;
  }

  private static byte[] newEpoch() {
    return ByteBuffer.allocate(Long.BYTES).putLong(ThreadLocalRandom.current().nextLong()).array();
  }

  private static byte[] number(long number) {
    return ascii(Long.toString(number));
  }

  private static long numberIn(byte[] text) {
    return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Nobody wants to know. */
  private enum Ignored implements RedisStore.Answer {
    ANSWER;

    @Override
    public void answered(byte[] @Nullable [] answer) {}

    @Override
    public void failed(boolean connected) {}
  }
}
