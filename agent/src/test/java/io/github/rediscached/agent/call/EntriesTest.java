package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.call.MethodPlan.CachePlan;
import io.github.rediscached.agent.codec.ValueCodec;
import io.github.rediscached.agent.key.KeyPlan;
import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.StoredForm;
import io.github.rediscached.agent.plan.TestOptions;
import io.github.rediscached.agent.plan.ValueOptions;
import io.github.rediscached.agent.protocol.CallKeys;
import io.github.rediscached.agent.protocol.Invalidations;
import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.protocol.Versions;
import io.github.rediscached.agent.stats.StatsRegistry;
import io.github.rediscached.agent.store.RedisAccess;
import io.github.rediscached.agent.store.RedisStore;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What this JVM makes of an entry that Redis has, while there are invalidations that it has not.
 */
class EntriesTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final EntryPolicy POLICY = new EntryPolicy(LONG, 0, Integer.MAX_VALUE, null, null);

  private final ProtocolKeys protocolKeys = new ProtocolKeys("ns");
  private final AgentLog log = new AgentLog(new PrintStream(OutputStream.nullOutputStream()));

  /** Nothing listens there, so all that is invalidated waits. */
  private final RedisStore store =
      new RedisStore(
          new RedisAccess(
              "redis://127.0.0.1:1",
              "nowhere",
              LONG,
              Duration.ofSeconds(1),
              RedisAccess.Mode.STANDALONE),
          "ns",
          log);

  private final CallContext context =
      new CallContext(
          store,
          new StatsRegistry(),
          new CacheSettings("ns", POLICY, ValueOptions.NONE, StoredForm.PLAIN, null, LONG, LONG),
          () -> true,
          type -> {},
          log);
  private final Invalidations invalidations = context.invalidations();
  private final Entries entries = new Entries(method(), context, POLICY);

  private final CallKeys keys =
      new CallKeys(
          new byte[][] {
            "ns:tagged:1".getBytes(StandardCharsets.UTF_8),
            protocolKeys.namespaceVersion(),
            protocolKeys.cacheVersion("tagged")
          },
          CallKeys.NONE,
          null,
          System.nanoTime());

  @SuppressWarnings("UnusedMethod") // Cached.
  private static String tagged() {
    return "";
  }

  private static CachedMethod method() {
    CachePlan plan = new CachePlan(TestOptions.DEFAULTS, null, null, null, List.of());
    ClassLoader loader = EntriesTest.class.getClassLoader();
    try {
      return new CachedMethod(
          new MethodPlan(
              "tagged",
              "()Ljava/lang/String;",
              "tagged",
              List.of(),
              false,
              plan,
              List.of(),
              List.of(),
              null),
          plan,
          EntriesTest.class.getDeclaredMethod("tagged"),
          loader,
          new KeyPlan("ns", "tagged", List.of(), new int[0], null, type -> {}),
          new CachedMethod.Results(
              String.class,
              List.of(),
              new ValueCodec(loader, type -> {}, ValueOptions.NONE)
                  .formatOf(EntriesTest.class, String.class, List.of())),
          "");
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  /** An entry that names the tag "own", and all versions as they were when it was loaded. */
  private byte[] @Nullable [] read() throws Exception {
    byte[] versions = new byte[4 * Versions.BYTES];
    Arrays.fill(versions, (byte) 7);
    byte[] version = Arrays.copyOf(versions, Versions.BYTES);
    Lease lease = new Lease(new byte[Lease.TOKEN_BYTES], true, version, 0, versions);
    byte[] entry =
        entries.write(null, keys, lease, 0, List.of("own"), "value", false, LONG.toMillis(), 1);
    byte[] stored = Entries.asStored(entry, 1);
    System.arraycopy(version, 0, stored, entry.length, Versions.BYTES);
    return new byte[][] {stored, version, version, version};
  }

  private Lookup judge(byte[] @Nullable [] answer) {
    return entries.check(keys, new RedisStore.Read(answer, false, null)).value();
  }

  private void evict(String tag) {
    invalidations.unlinkLater(invalidations.nothingYet().tag(tag));
  }

  @Test
  void whatNamesATagThatWaitsIsNoHitAlsoWhenTheTagHasBecomeTheWholeNamespace() throws Exception {
    byte[] @Nullable [] answer = read();
    Lookup before = judge(answer);
    assertEquals("value", before.result().value());
    assertTrue(entries.isStillGood(before, answer));
    evict("another");
    assertTrue(judge(answer).hit());

    evict("own");
    assertFalse(judge(answer).hit());

    for (int i = 0; i < 10_000; i++) {
      evict("more" + i);
    }
    assertFalse(invalidations.concerns(keys, new byte[][] {protocolKeys.tagVersion("own")}));
    assertFalse(judge(answer).hit());
    assertFalse(entries.isStillGood(before, answer));
    assertNull(entries.read(Objects.requireNonNull(answer[0]), keys, 0));
  }
}
