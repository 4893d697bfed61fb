package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.store.Question;
import io.github.rediscached.agent.store.RedisStore;
import io.github.rediscached.agent.store.RedisStore.Read;
import io.github.rediscached.agent.store.RedisStore.ScriptCall;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The steps of docs/protocol.md for loads: read, acquire, store, release. The calls of methods use
 * it; it never decides whether an entry is good. The other half, of invalidations, is {@link
 * Invalidations}. Thread-safe.
 */
public final class Protocol implements RedisStore.ConnectionHook {

  /** In the keys of a script, less the entry, which is there already. */
  private static final int BEFORE_VERSIONS = 4;

  /** In place of the token of an entry, where there was none. */
  public static final byte[] NOTHING_SEEN = {};

  private static final byte[] FORCE = ascii("force");
  private static final byte[] KEEP = ascii("keep");
  private static final byte[] NOT = {};
  private static final byte[][] NO_ARGUMENTS = {};

  private final RedisStore store;
  private final ProtocolKeys keys;
  private final ServerClock clock;
  private final RedisStore.ChangeListener changes;
  private final LeaseWaits leaseWaits;
  private final Releases releases;

  /**
   * @param changes told of what this JVM itself has changed, before Redis tells
   */
  public Protocol(
      RedisStore store, ProtocolKeys keys, ServerClock clock, RedisStore.ChangeListener changes) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
    this.changes = changes;
    this.leaseWaits = new LeaseWaits(store);
    this.releases = new Releases(store);
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
   * @param namedTags whether the entry is likely to name tags that are not among the keys: then
   *     their versions are read as well, after those of the keys, and nothing is tracked
   * @param track whether Redis is to tell of changes of these keys
   */
  public Question<Read> read(byte[][] readKeys, boolean namedTags, boolean track) {
    return namedTags
        ? store
            .run(new ScriptCall(Scripts.READ, withTagPrefix(readKeys), NO_ARGUMENTS))
            .map(answer -> new Read(answer, false, null), () -> {})
        : store.read(readKeys, track);
  }

  private byte[][] withTagPrefix(byte[][] readKeys) {
    byte[][] all = Arrays.copyOf(readKeys, readKeys.length + 1);
    all[readKeys.length] = keys.tagPrefix();
    return all;
  }

  /** Reads the versions of tags, those of an entry that was read before. */
  public Question<Read> readTags(byte[] entry, byte[][] tagKeys) {
    return store.readBeside(entry, tagKeys, false);
  }

  /** Reads what was read already, to be told of its changes from now on. */
  public Question<Read> readAgain(byte[][] readKeys) {
    return store.readAgain(readKeys);
  }

  /** Whether Redis tells of all changes. */
  public boolean isTracking() {
    return store.isTracking();
  }

  /** Whether Redis, or else those JVMs that make them, tell of changes. */
  public boolean isTold() {
    return store.isTold();
  }

  /** Whether Redis can be asked at all; never waits. */
  public boolean isConnected() {
    return store.connected();
  }

  /**
   * Takes the lease of the entry, or finds which load has it.
   *
   * @param seen the token of the entry that does not count; empty if there was none
   * @param force for a put: whatever load has the lease
   * @return answers with null if another entry has been stored meanwhile: read again
   */
  public Question<@Nullable Lease> acquire(
      CallKeys call, byte[] seen, LeaseTerms terms, boolean force) {
    Attempt attempt = new Attempt(call, seen, terms, force);
    return store.run(attempt.script()).map(attempt::lease, attempt::giveUp);
  }

  /**
   * What came of a look-up and a lease that were asked for together.
   *
   * @param read {@link CallKeys#readWithExpected}
   * @param lease null if there is an entry, or it could not be asked for
   */
  public record ReadAndLease(Read read, @Nullable Lease lease) {}

  /**
   * Reads, and right behind it takes the lease, as {@link #acquire} does, in case that there is no
   * entry. One round trip.
   *
   * @param track whether Redis is to tell of changes
   */
  public Question<ReadAndLease> readAndAcquire(CallKeys call, boolean track, LeaseTerms terms) {
    Attempt attempt = new Attempt(call, NOTHING_SEEN, terms, false);
    return store
        .readAndRun(call.readWithExpected(), track, attempt.script())
        .map(
            read -> {
              byte[] @Nullable [] acquired = read.ran();
              if (acquired == null) {
                attempt.giveUp();
                return new ReadAndLease(read, null);
              }
              return new ReadAndLease(read, attempt.lease(acquired));
            },
            attempt::giveUp);
  }

  /** An attempt to get a lease under a token of its own. */
  private final class Attempt {

    private final CallKeys call;
    private final byte[] seen;
    private final LeaseTerms terms;
    private final boolean force;
    private final byte[] token;
    private final long sentNanos = System.nanoTime();

    Attempt(CallKeys call, byte[] seen, LeaseTerms terms, boolean force) {
      this.call = call;
      this.seen = seen;
      this.terms = terms;
      this.force = force;
      this.token = newToken(force ? Lease.PUT : Lease.LOAD);
    }

    ScriptCall script() {
      return new ScriptCall(
          Scripts.ACQUIRE,
          scriptKeys(call, call.named()),
          acquireArguments(token, seen, terms, force));
    }

    @Nullable Lease lease(byte[] @Nullable [] answer) {
      return leaseIn(answer, call, token, terms, sentNanos);
    }

    /** Perhaps it is granted all the same, and other calls would wait for it. */
    void giveUp() {
      releases.release(call.lease(), token);
    }
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
        store.serverOf(call.entry()),
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
   * @return whether it was stored
   */
  public CompletableFuture<Boolean> store(
      CallKeys call, byte[][] named, Lease lease, byte[] entry, long lifeMillis) {
    return store
        .send(storeScript(call, named, lease, entry, lifeMillis), entry.length)
        .thenApply(Protocol::isStored);
  }

  /** The same, but waits; whether it was stored. */
  public boolean storeNow(CallKeys call, byte[][] named, Lease lease, byte[] entry, long lifeMillis)
      throws StoreUnavailableException {
    try {
      return isStored(store.run(storeScript(call, named, lease, entry, lifeMillis)).ask());
    } finally {
      changes.changed(call.entry());
    }
  }

  private ScriptCall storeScript(
      CallKeys call, byte[][] named, Lease lease, byte[] entry, long lifeMillis) {
    byte[][] known = scriptKeys(call, named);
    byte[][] all = Arrays.copyOf(known, known.length + 1);
    all[known.length] = store.announcementMark();
    return new ScriptCall(Scripts.STORE, all, storeArguments(lease, entry, lifeMillis));
  }

  private static boolean isStored(byte[] @Nullable [] answer) {
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

  /** Gives a lease back without storing, so calls that wait for it go on. */
  public void release(CallKeys call, Lease lease) {
    releases.release(call.lease(), lease.token());
  }

  /** Gives those leases back that the last connection has not. */
  @Override
  public void connected(RedisStore.NewConnection connection) throws StoreUnavailableException {
    releases.connected(connection);
  }

  /**
   * Waits for the end of the load that has a lease.
   *
   * @param timeoutNanos how long to wait
   * @return answers with true if that load has ended, or this is not known; with false if there is
   *     no point in waiting any longer: the time is over, or Redis does not answer
   */
  public Question<Boolean> end(CallKeys call, Lease lease, long timeoutNanos) {
    return new Question<>() {
      @Override
      public Boolean ask() {
        return store.awaitChange(call.lease(), lease.token(), timeoutNanos);
      }

      @Override
      public CompletableFuture<Boolean> askLater() {
        return leaseWaits.endOf(call, lease, timeoutNanos);
      }
    };
  }

  private byte[][] scriptKeys(CallKeys call, byte[][] named) {
    byte[][] read = call.read();
    byte[][] all = new byte[BEFORE_VERSIONS + read.length + named.length][];
    all[0] = read[0];
    all[1] = call.lease();
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
}
