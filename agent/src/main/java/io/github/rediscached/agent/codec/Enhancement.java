package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The libraries that change the byte code of entities, known by the interface that they add: such
 * an entity is written if it is loaded whole, and never loaded by us.
 */
enum Enhancement {
  HIBERNATE("org.hibernate.engine.spi.PersistentAttributeInterceptable") {
    @Override
    void requireLoaded(Opener opener, Object entity) {
      HibernateSerializer.requireLoaded(entity);
    }
  },
  ECLIPSE_LINK("org.eclipse.persistence.internal.weaving.PersistenceWeaved") {
    @Override
    void requireLoaded(Opener opener, Object entity) {
      WovenEntity.requireLoaded(opener, entity);
    }
  },
  OPEN_JPA("org.apache.openjpa.enhance.PersistenceCapable") {
    @Override
    void requireLoaded(Opener opener, Object entity) {
      requireDetached(entity, "pcGetStateManager", "pcIsDetached", "OpenJPA");
    }
  },
  DATA_NUCLEUS("org.datanucleus.enhancement.Persistable") {
    @Override
    void requireLoaded(Opener opener, Object entity) {
      requireDetached(entity, "dnGetStateManager", "dnIsDetached", "DataNucleus");
    }
  };

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

  /**
   * Refuses an entity of which something is not loaded, and has what is loaded in its fields.
   *
   * @throws Refusal if it is not whole
   */
  abstract void requireLoaded(Opener opener, Object entity);

  /** What an attached entity holds may be loaded, or replaced, when it is next asked. */
  private static void requireDetached(
      Object entity, String manager, String detached, String library) {
    if (ByName.call(entity, manager, REMEDY) != null
        && !Boolean.TRUE.equals(ByName.call(entity, detached, REMEDY))) {
      throw Refusal.of(
          entity.getClass(),
          "an entity that is attached to its " + library + " session",
          "Detach it before the method returns, or return a DTO.");
    }
  }
}
