package io.github.rediscached.agent.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.store.RedisAccess;
import io.github.rediscached.agent.store.RedisStore;
import io.github.rediscached.agent.store.RedisStore.NewConnection;
import io.github.rediscached.agent.store.RedisStore.ScriptCall;
import io.github.rediscached.agent.store.Script;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleasesTest {

  private static final byte[] TOKEN = new byte[Lease.TOKEN_BYTES];

  /** Never connected. */
  private final RedisStore store =
      new RedisStore(
          new RedisAccess(
              "redis://nowhere.invalid",
              "redis://nowhere.invalid",
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              RedisAccess.Mode.STANDALONE),
          "ns",
          new AgentLog(System.err));

  private final Releases releases = new Releases(store);

  @Test
  void whatCouldNotBeSentIsSentByTheNextConnectionOnce() throws Exception {
    release("a", "b");
    Recording connection = new Recording("");
    releases.connected(connection);
    releases.connected(connection);
    assertEquals(List.of("a", "b"), connection.released);
  }

  @Test
  void aConnectionThatServesOtherKeysLeavesThem() throws Exception {
    release("1a", "2a", "1b");
    Recording first = new Recording("1");
    Recording second = new Recording("2");
    releases.connected(first);
    releases.connected(second);
    assertEquals(List.of("1a", "1b"), first.released);
    assertEquals(List.of("2a"), second.released);
  }

  @Test
  void whatAConnectionFailsToSendWaitsForAnother() throws Exception {
    release("a", "b");
    StoreUnavailableException failure =
        assertThrows(
            StoreUnavailableException.class, () -> store.run(call("a")).ask(), "not connected");
    Recording failing = new Recording("");
    failing.failure = failure;
    assertThrows(StoreUnavailableException.class, () -> releases.connected(failing));
    Recording next = new Recording("");
    releases.connected(next);
    assertEquals(List.of("a", "b"), next.released);
  }

  @Test
  void ofTooManyTheOldestAreLeftToExpire() throws Exception {
    String[] names =
        IntStream.range(0, Releases.MAX_WAITING + 2)
            .mapToObj(Integer::toString)
            .toArray(String[]::new);
    release(names);
    Recording connection = new Recording("");
    releases.connected(connection);
    assertEquals(List.of(names).subList(2, names.length), connection.released);
  }

  private void release(String... leases) {
    for (String lease : leases) {
      releases.release(lease.getBytes(StandardCharsets.US_ASCII), TOKEN);
    }
  }

  private static ScriptCall call(String key) {
    return new ScriptCall(
        Scripts.RELEASE,
        new byte[][] {key.getBytes(StandardCharsets.US_ASCII)},
        new byte[][] {TOKEN});
  }

  /** Serves keys that begin so, and remembers which leases it was told to release. */
  private static final class Recording implements NewConnection {

    private final String prefix;
    private final List<String> released = new ArrayList<>();
    private @Nullable StoreUnavailableException failure;

    Recording(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public boolean serves(byte[] key) {
      return text(key).startsWith(prefix);
    }

    @Override
    public void runAll(List<ScriptCall> calls) throws StoreUnavailableException {
      if (failure != null) {
        throw failure;
      }
      calls.forEach(call -> released.add(text(call.keys()[0])));
    }

    private static String text(byte[] key) {
      return new String(key, StandardCharsets.US_ASCII);
    }

    @Override
    public Map<String, String> info() {
      return Map.of();
    }

    @Override
    public byte[] @Nullable [] run(Script script, byte[][] keys, byte[][] arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void unlink(byte[][] keys) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long bucketSet() {
      return RedisStore.ALL_BUCKETS;
    }

    @Override
    public Object server() {
      return this;
    }
  }
}
