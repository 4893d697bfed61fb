package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * EclipseLink's collections that are loaded when first used: written as the collection of the JDK
 * that is inside if that is loaded, and else refused; never loaded by us.
 */
final class IndirectSerializer extends StandInSerializer {

  private static final String CONTAINER = "org.eclipse.persistence.indirection.IndirectContainer";

  private static final IndirectSerializer INSTANCE = new IndirectSerializer();

  private IndirectSerializer() {}

  /** The rule for one of these collections, or null for any other class. */
  static @Nullable IndirectSerializer of(Class<?> type) {
    return ByName.isA(type, CONTAINER) ? INSTANCE : null;
  }

  @Override
  Object replace(Opener opener, Object value) {
    if (!Boolean.TRUE.equals(ByName.call(value, "isInstantiated", Enhancement.REMEDY))) {
      throw Refusal.of(
          value.getClass(), "an EclipseLink collection that is not loaded yet", Enhancement.REMEDY);
    }
    Object inside = ByName.call(value, "getDelegateObject", Enhancement.REMEDY);
    if (inside == null) {
      throw Refusal.of(value.getClass(), "a stand-in for nothing", Enhancement.REMEDY);
    }
    return inside;
  }
}
