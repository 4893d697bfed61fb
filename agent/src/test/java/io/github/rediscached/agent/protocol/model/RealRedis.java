package io.github.rediscached.agent.protocol.model;

import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.protocol.Envelope;
import io.github.rediscached.agent.protocol.Production;
import io.github.rediscached.agent.protocol.Versions;
import io.github.rediscached.agent.protocol.model.Command.Acquire;
import io.github.rediscached.agent.protocol.model.Command.Release;
import io.github.rediscached.agent.protocol.model.Command.Simple;
import io.github.rediscached.agent.protocol.model.Command.Store;
import io.github.rediscached.agent.protocol.model.Command.Unlink;
import io.github.rediscached.agent.protocol.model.Command.UnlinkPart;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of the protocol do, as a real Redis does it with the scripts, keys and entries
 * of production. Each command is run once for each state: the state is written to Redis, the
 * command is sent, and what Redis holds then is read. Questions are collected and sent together.
 */
final class RealRedis {

  private static final String LIFE = "60000";
  private static final String RETENTION = "86400000";

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final Set<Guard> guards;
  private final Map<String, String> digests = new HashMap<>();
  private final Map<Question, Asked> known = new HashMap<>();
  private final Map<Question, Asked> wanted = new LinkedHashMap<>();

  private record Question(RedisState before, Command command) {}

  private record Sent(RedisFuture<?> answer, RedisFuture<List<KeyValue<byte[], byte[]>>> after) {}

  /** A question, and later its answer. */
  static final class Asked {

    private @Nullable Answer answer;

    private Asked(@Nullable Answer answer) {
      this.answer = answer;
    }

    Answer answer() {
      return Objects.requireNonNull(answer, "not asked yet");
    }
  }

  /**
   * @param connection to a Redis of this check alone
   * @param guards that are on
   */
  RealRedis(StatefulRedisConnection<byte[], byte[]> connection, Set<Guard> guards) {
    this.connection = connection;
    this.guards = guards;
    load("READ", Production.READ);
    load("ACQUIRE", Production.ACQUIRE);
    load("STORE", Production.STORE);
    load("RELEASE", Production.RELEASE);
    load("CONNECT", Production.CONNECT);
  }

  private void load(String script, String lua) {
    digests.put(script, connection.sync().scriptLoad(Guard.only(guards, script, lua)));
  }

  /** Whether a script has ever said so. */
  boolean hasSaid(String word) {
    return known.values().stream().anyMatch(asked -> asked.answer().says(word));
  }

  /** A question whose answer is there after the next {@link #run}. */
  Asked ask(RedisState before, Command command) {
    if (command == Simple.NONE) {
      return new Asked(Answer.none(before));
    }
    return known.computeIfAbsent(
        new Question(before, command),
        question -> {
          Asked asked = new Asked(null);
          wanted.put(question, asked);
          return asked;
        });
  }

  void run() {
    if (wanted.isEmpty()) {
      return;
    }
    connection.setAutoFlushCommands(false);
    Map<Question, Sent> sent = new LinkedHashMap<>();
    wanted.keySet().forEach(question -> sent.put(question, send(question)));
    connection.flushCommands();
    connection.setAutoFlushCommands(true);
    wanted.forEach(
        (question, asked) ->
            asked.answer = answerOf(question, Objects.requireNonNull(sent.get(question))));
    wanted.clear();
  }

  private Sent send(Question question) {
    RedisAsyncCommands<byte[], byte[]> redis = connection.async();
    var unused = redis.del(Encoding.ALL);
    IdentityHashMap<byte[], byte[]> present = Encoding.present(question.before());
    if (!present.isEmpty()) {
      var unusedToo = redis.mset(present);
    }
    RedisFuture<?> answer = send(redis, question.before(), question.command());
    return new Sent(answer, Encoding.read(redis));
  }

  private RedisFuture<?> send(
      RedisAsyncCommands<byte[], byte[]> redis, RedisState before, Command command) {
    if (command instanceof Acquire acquire) {
      return script(
          redis,
          "ACQUIRE",
          Encoding.LOAD_KEYS,
          Encoding.token(acquire.token()),
          text(LIFE),
          text(RETENTION),
          Encoding.newEpoch(before),
          Encoding.seen(acquire.known()),
          text(acquire.force() ? "force" : ""),
          text("keep"));
    } else if (command instanceof Release release) {
      return script(
          redis, "RELEASE", new byte[][] {Encoding.LEASE}, Encoding.token(release.token()));
    } else if (command instanceof Store store) {
      AcquiredLease lease = store.lease();
      return script(
          redis,
          "STORE",
          Encoding.with(
              store.resultTagged()
                  ? Encoding.with(Encoding.LOAD_KEYS, Encoding.TAG)
                  : Encoding.LOAD_KEYS,
              Encoding.MARK),
          Encoding.token(lease.token()),
          Encoding.toBeStored(
              new Entry(
                  lease.token(),
                  lease.namespace(),
                  lease.scope(),
                  store.resultTagged() ? 1 : 0,
                  store.value())),
          text(LIFE),
          Encoding.versions(lease),
          Encoding.counter(lease.counter()),
          text(RETENTION),
          Encoding.newEpoch(before));
    } else if (command instanceof Unlink unlink) {
      return redis.unlink(keysOf(unlink));
    } else if (command instanceof UnlinkPart part) {
      byte[][] keys = keysOf(part.invalidation());
      boolean inOrder = guards.contains(Guard.COMPANION_FIRST);
      return redis.unlink(keys[inOrder ? part.part() : 1 - part.part()]);
    }
    return switch ((Simple) command) {
      case NONE -> throw new IllegalArgumentException();
      case READ ->
          script(redis, "READ", Encoding.with(Encoding.READ_KEYS, Encoding.KEYS.tagPrefix()));
      case CONNECT ->
          script(
              redis,
              "CONNECT",
              Encoding.CONNECT_KEYS,
              Encoding.process(before.process()),
              text(LIFE));
      case UNLINK_ENTRY -> redis.unlink(Encoding.ENTRY);
      case ACQUIRE_ANOTHER ->
          script(
              redis,
              "ACQUIRE",
              Encoding.OTHERS_KEYS,
              Encoding.token(1),
              text(LIFE),
              text(RETENTION),
              Encoding.newEpoch(before),
              Encoding.seen(0),
              text(""),
              text("keep"));
    };
  }

  private byte[][] keysOf(Unlink unlink) {
    byte[] left =
        unlink == Unlink.KEY && !guards.contains(Guard.LEASE_DELETED_WITH_KEY)
            ? Encoding.LEASE
            : unlink == Unlink.TAG_OF_RESULT
                    && !guards.contains(Guard.TAG_INVALIDATIONS_HAVE_A_VERSION)
                ? Encoding.KEYS.tagsVersion()
                : null;
    ProtocolKeys keys = Encoding.KEYS;
    byte[][] all =
        Production.unlinked(
            keys,
            what ->
                switch (unlink) {
                  case KEY -> what.entry(Encoding.ENTRY, Encoding.CACHE);
                  case TAG_OR_CACHE -> what.version(Encoding.CACHE);
                  case TAG_OF_RESULT -> what.tag(Encoding.TAG_NAME);
                  case EVERYTHING -> what.version(keys.namespaceVersion());
                  case PATTERN -> what.version(keys.patternVersion());
                });
    return Arrays.stream(all).filter(key -> !Arrays.equals(key, left)).toArray(byte[][]::new);
  }

  private RedisFuture<?> script(
      RedisAsyncCommands<byte[], byte[]> redis, String script, byte[][] keys, byte[]... arguments) {
    return redis.evalsha(
        Objects.requireNonNull(digests.get(script)), ScriptOutputType.MULTI, keys, arguments);
  }

  private Answer answerOf(Question question, Sent sent) {
    try {
      List<byte[]> answer = new ArrayList<>();
      flatten(sent.answer().get(), answer);
      RedisState before = question.before();
      RedisState read = Encoding.state(before, sent.after().get());
      RedisState after = read.equals(before) ? before : read;
      Command command = question.command();
      if (command instanceof Acquire acquire) {
        return acquired(after, acquire, answer);
      } else if (command instanceof Store) {
        byte[] word = Objects.requireNonNull(answer.get(0));
        return new Answer(after, new String(word, StandardCharsets.US_ASCII), null, null);
      }
      return new Answer(after, "", command == Simple.READ ? hit(before, answer) : null, null);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(question.toString(), e);
    }
  }

  private static Answer acquired(RedisState after, Acquire acquire, List<byte[]> answer) {
    if (answer.isEmpty()) {
      return new Answer(after, "changed", null, null);
    }
    AcquiredLease lease =
        new AcquiredLease(
            Encoding.tokenIn(answer.get(0)),
            Encoding.versionIn(answer.get(4)),
            Encoding.versionIn(answer.get(5)),
            Encoding.versionIn(answer.get(3)),
            Encoding.versionIn(answer.get(2)),
            Encoding.counterIn(answer.get(1)));
    return new Answer(after, lease.token() == acquire.token() ? "granted" : "taken", null, lease);
  }

  /** The entry, if its versions are those that were read with it. */
  private @Nullable Entry hit(RedisState before, List<byte[]> answer) {
    Entry entry = before.entry();
    if (entry == null || !guards.contains(Guard.READ_CHECKS_VERSIONS)) {
      return entry;
    }
    byte[] bytes = Objects.requireNonNull(answer.get(0));
    Envelope envelope = Objects.requireNonNull(Envelope.read(bytes, Encoding.ENTRY));
    byte[] @Nullable [] read = answer.toArray(new byte[0][]);
    byte[] tag = envelope.tags().isEmpty() ? null : Encoding.lastVersion(bytes);
    if (!guards.contains(Guard.MISSING_IS_NOT_OLD)) {
      read[1] = read[1] == null ? Encoding.version(entry.namespace()) : read[1];
      read[2] = read[2] == null ? Encoding.version(entry.scope()) : read[2];
      tag = tag == null || read[3] == null ? null : tag;
    }
    return envelope.versions() == Versions.digest(read, 2)
            && (tag == null || Arrays.equals(tag, read[3]))
        ? entry
        : null;
  }

  private static void flatten(@Nullable Object answer, List<byte[]> all) {
    if (answer instanceof List<?> several) {
      several.forEach(one -> flatten(one, all));
    } else {
      all.add(answer instanceof byte[] bytes ? bytes : null);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
