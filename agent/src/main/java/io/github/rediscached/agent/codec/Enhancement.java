package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Libraries that change the byte code of entities, known by the interface that they add. Such an
 * entity is written if it is loaded whole; the agent never loads anything.
 */
enum Enhancement implements CheckedSerializer.Check {
  HIBERNATE("org.hibernate.engine.spi.PersistentAttributeInterceptable"),
  ECLIPSE_LINK("org.eclipse.persistence.internal.weaving.PersistenceWeaved"),
  OPEN_JPA("org.apache.openjpa.enhance.PersistenceCapable"),
  DATA_NUCLEUS("org.datanucleus.enhancement.Persistable");

  /** How to have what is refused loaded. */
  static final String REMEDY =
      "Load what the caller needs before the method returns (JOIN FETCH, an entity graph), or"
          + " return a DTO.";

  /** How the names of the fields begin that they add; OpenJPA and DataNucleus add more to keep. */
  private static final String[] FIELDS = {
    "$$_hibernate_", "_persistence_", "pcStateManager", "dnStateManager", "dnFlags"
  };

  private final String interfaceName;

  Enhancement(String interfaceName) {
    this.interfaceName = interfaceName;
  }

  /** The one that changed a class, or null. */
  static @Nullable Enhancement of(Class<?> type) {
    for (Enhancement enhancement : values()) {
      if (ByName.isA(type, enhancement.interfaceName)) {
        return enhancement;
      }
    }
    return null;
  }

  /** Whether a field of this name was added, and is as good as new in an entity that is read. */
  static boolean isAdded(String field) {
    for (String prefix : FIELDS) {
      if (field.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Refuses an entity that is not loaded whole, and has what is loaded in its fields. */
  @Override
  public void accept(Opener opener, Object entity) {
    switch (this) {
      case HIBERNATE -> Hibernate.requireLoaded(entity);
      case ECLIPSE_LINK -> EclipseLink.requireLoaded(opener, entity);
      case OPEN_JPA -> requireDetached(entity, "pcGetStateManager", "pcIsDetached", "OpenJPA");
      case DATA_NUCLEUS ->
          requireDetached(entity, "dnGetStateManager", "dnIsDetached", "DataNucleus");
    }
  }

  /** What an attached entity holds may be loaded, or replaced, when it is next asked. */
  private static void requireDetached(
      Object entity, String manager, String detached, String library) {
    if (ByName.call(entity, manager, REMEDY) != null && !ByName.isTrue(entity, detached, REMEDY)) {
      throw Refusal.of(
          entity.getClass(),
          "an entity that is attached to its " + library + " session",
          "Detach it before the method returns, or return a DTO.");
    }
  }
}
