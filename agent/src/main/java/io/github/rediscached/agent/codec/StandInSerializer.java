package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Objects in the place of which another one is written: proxies and collections of entities, and
 * views that check what they hold. {@link ValueKryo} asks for that object, so neither {@code write}
 * nor {@code read} is ever called.
 */
final class StandInSerializer extends ValueSerializer {

  /** Finds the object to write. */
  interface Replacement {
    /**
     * Returns null if there is none.
     *
     * @throws Refusal if it can't be had without a side effect
     */
    @Nullable Object of(Opener opener, Object value);
  }

  private final Replacement replacement;

  StandInSerializer(Replacement replacement) {
    super(Identity.NONE);
    this.replacement = replacement;
  }

  /**
   * The serializer for what Hibernate or EclipseLink puts into an entity; null for other classes.
   */
  static @Nullable StandInSerializer of(Class<?> type) {
    Replacement replacement = Hibernate.replacementOf(type);
    if (replacement == null && ByName.isA(type, EclipseLink.CONTAINER)) {
      replacement = EclipseLink::contentOf;
    }
    return replacement == null ? null : new StandInSerializer(replacement);
  }

  Object replace(Opener opener, Object value) {
    Object replaced = replacement.of(opener, value);
    if (replaced == null) {
      throw Refusal.of(value.getClass(), "a stand-in for nothing", Enhancement.REMEDY);
    }
    return replaced;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    throw new IllegalStateException("replaced before");
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    throw Unreadable.forbidden(type.getName() + " is never written.");
  }
}
