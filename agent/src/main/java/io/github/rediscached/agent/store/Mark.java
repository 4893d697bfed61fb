package io.github.rediscached.agent.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The mark of {@link Announcements} as a connection has seen it last. As long as it has the same
 * value, all changes were published. {@link Link} asks it, on the socket's thread.
 */
final class Mark {

  private final Announcements announcements;
  private final RedisStore.ChangeListener changes;
  private byte @Nullable [] known;

  /**
   * @param changes told when anything may have changed
   */
  Mark(Announcements announcements, RedisStore.ChangeListener changes) {
    this.announcements = announcements;
    this.changes = changes;
  }

  /** The arguments of EVAL whose answer {@link #stands} takes. */
  byte[][] question() {
    return announcements.askForMark();
  }

  /** Whether all changes before the answer were published. */
  boolean stands(byte[] @Nullable [] answer) {
    byte[] now = answer.length == 1 ? answer[0] : null;
    if (now != null && Arrays.equals(now, known)) {
      return true;
    }
    known = now;
    // What is read from now on was read while this mark was there.
    changes.allChanged();
    return false;
  }
}
