package io.github.rediscached.agent.codec;

/** For objects in the place of which another one is written. */
abstract class StandInRule extends Rule {

  StandInRule() {
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
