package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;

/** For objects in the place of which another one is written. */
abstract class StandInSerializer extends ValueSerializer {

  StandInSerializer() {
    super(Identity.NONE);
  }

  /**
   * Returns what to write.
   *
   * @throws Refusal if it can't be had without a side effect
   */
  abstract Object replace(Opener opener, Object value);

  @Override
  final void write(GraphWriter writer, Object value) {
    throw new IllegalStateException("replaced before");
  }

  @Override
  final Object read(GraphReader reader, Class<?> type) {
    throw Unreadable.forbidden(type.getName() + " is never written.");
  }
}
