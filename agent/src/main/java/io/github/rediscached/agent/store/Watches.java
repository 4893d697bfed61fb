package io.github.rediscached.agent.store;

import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which key on one connection, no more keys than waiting threads; and who wants to
 * know of all changes that Redis tells of, or other JVMs by messages. Thread-safe.
 */
final class Watches implements PushListener {

  private final ConcurrentMap<ByteBuffer, Watch> watches = new ConcurrentHashMap<>();
  private final Link link;
  private final RedisStore.ChangeListener listener;

  Watches(Link link, RedisStore.ChangeListener listener) {
    this.link = link;
    this.listener = listener;
  }

  /** Waits until the key may have another value than the expected one; see {@link Watch#await}. */
  WaitResult await(byte[] key, byte[] expected, long answerNanos, long timeoutNanos)
      throws InterruptedException {
    ByteBuffer name = ByteBuffer.wrap(key);
    Watch watch = enter(name, key, expected);
    try {
      return watch.await(answerNanos, timeoutNanos);
    } finally {
      leave(name, watch);
    }
  }

  private Watch enter(ByteBuffer name, byte[] key, byte[] expected) {
    while (true) {
      Watch present = watches.get(name);
      if (present == null) {
        Watch made = new Watch(expected);
        present = watches.putIfAbsent(name, made);
        if (present == null) {
          begin(key, made);
          return made;
        }
      }
      if (present.isFor(expected) && present.enter()) {
        return present;
      }
      // It is over, or of the two who wait for different values one has old news.
      watches.remove(name, present);
      present.changed();
    }
  }

  private void begin(byte[] key, Watch watch) {
    watch.readOn(link, key);
    if (!link.isOpen()) {
      // The end may have come before there was this watch to tell.
      watch.changed();
    }
  }

  private void leave(ByteBuffer name, Watch watch) {
    if (watch.leave()) {
      watches.remove(name, watch);
    }
  }

  /** The connection has ended, and with it whatever Redis could have told. */
  void end() {
    listener.allChanged();
    wakeAll();
  }

  @Override
  public void onPushMessage(PushMessage message) {
    try {
      if ("invalidate".equals(message.getType())) {
        changed(message.getContent().get(1));
      } else if ("message".equals(message.getType())) {
        changed(List.of(message.getContent().get(2)));
      }
    } catch (Throwable e) {
      // What it was about to say is lost, as when no memory is left, so nothing it has said counts.
      link.giveUp();
    }
  }

  private void changed(@Nullable Object keys) {
    if (keys instanceof List<?> names) {
      for (Object key : names) {
        if (key instanceof ByteBuffer name) {
          listener.changed(bytesOf(name));
        }
        Watch watch = watches.remove(key);
        if (watch != null) {
          watch.changed();
        }
      }
    } else {
      // All keys at once: somebody has flushed Redis.
      listener.allChanged();
      wakeAll();
    }
  }

  private static byte[] bytesOf(ByteBuffer name) {
    byte[] bytes = new byte[name.remaining()];
    name.duplicate().get(bytes);
    return bytes;
  }

  int waitersFor(byte[] key) {
    Watch watch = watches.get(ByteBuffer.wrap(key));
    return watch == null ? 0 : watch.waiters();
  }

  int size() {
    return watches.size();
  }

  private void wakeAll() {
    for (ByteBuffer name : watches.keySet()) {
      Watch watch = watches.remove(name);
      if (watch != null) {
        watch.changed();
      }
    }
  }
}
