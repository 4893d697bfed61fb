package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the JVMs of a namespace learn of each other's invalidations where Redis refuses to track:
 * docs/protocol.md, "Without tracking". Changed keys are published on a channel. A key of the same
 * name, the mark, is there while all that was changed has been published since: who invalidates and
 * does not publish unlinks it by the same command. {@link OneServer} deletes by it, and a {@link
 * Link} that listens proves by it what it knows. Immutable.
 */
final class Announcements {

  private static final long MARK_LIFE_MILLIS = TimeUnit.DAYS.toMillis(1);

  /**
   * Deletes keys, and publishes them, if there is anybody who listens. Keys: those, and the mark.
   * Leases are left out, since no near cache keeps them. Answer: how many there were.
   */
  private static final Script UNLINK =
      new Script(
          """
          local mark = KEYS[#KEYS]
          local gone = 0
          for from = 1, #KEYS - 1, 1000 do
            local last = math.min(#KEYS - 1, from + 999)
            gone = gone + redis.call('UNLINK', unpack(KEYS, from, last))
          end
          if redis.call('GET', mark) then
            for i = 1, #KEYS - 1 do
              if string.sub(KEYS[i], -3) ~= ':~l' then
                if type(redis.pcall('PUBLISH', mark, KEYS[i])) == 'table' then
                  redis.call('UNLINK', mark)
                  break
                end
              end
            end
          end
          return gone
          """);

  /** Makes the mark, if it is not there. Keys: mark. Arguments: its value, its life. */
  private static final Script MARK =
      new Script(
          """
          local mark = redis.call('GET', KEYS[1])
          if not mark then
            mark = ARGV[1]
            redis.call('SET', KEYS[1], mark, 'PX', ARGV[2])
          end
          return mark
          """);

  private final byte[] mark;

  Announcements(String namespace) {
    this.mark = (namespace + ":~w").getBytes(StandardCharsets.UTF_8);
  }

  /** The name of the mark and of the channel. */
  byte[] mark() {
    return mark;
  }

  /** Deletes keys by one atomic command. */
  Exchange<byte[] @Nullable []> unlink(Link link, byte[][] keys) {
    return link.isTracking()
        ? new SingleExchange(link, CommandType.UNLINK, withMark(keys))
        : unlinkCounted(link, keys);
  }

  /** The same, and the answer is how many there were, the mark aside. */
  Exchange<byte[] @Nullable []> unlinkCounted(Link link, byte[][] keys) {
    return new SingleExchange(link, UNLINK, withMark(keys), new byte[0][]);
  }

  /** Has all JVMs that listen forget what is in their memory. */
  Exchange<byte[] @Nullable []> unlinkMark(Link link) {
    return new SingleExchange(link, CommandType.UNLINK, mark);
  }

  /** The arguments of EVAL that answers with the mark's value: the same, or a new one. */
  byte[][] askForMark() {
    return MARK.bySource(
        new byte[][] {mark},
        new byte[][] {
          ascii(Long.toHexString(ThreadLocalRandom.current().nextLong())),
          ascii(Long.toString(MARK_LIFE_MILLIS))
        });
  }

  private byte[][] withMark(byte[][] keys) {
    byte[][] all = Arrays.copyOf(keys, keys.length + 1);
    all[keys.length] = mark;
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
