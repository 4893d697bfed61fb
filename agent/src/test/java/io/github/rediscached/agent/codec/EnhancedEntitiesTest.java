package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Vector;
import org.apache.openjpa.enhance.PersistenceCapable;
import org.datanucleus.enhancement.Persistable;
import org.eclipse.persistence.indirection.IndirectList;
import org.eclipse.persistence.indirection.IndirectMap;
import org.eclipse.persistence.indirection.IndirectSet;
import org.eclipse.persistence.indirection.ValueHolder;
import org.eclipse.persistence.indirection.ValueHolderInterface;
import org.eclipse.persistence.internal.weaving.PersistenceWeaved;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entities of EclipseLink, OpenJPA and DataNucleus, enhanced as their tools do it. */
@SuppressWarnings({"MemberName", "JdkObsolete", "unused"}) // As they name, and hold, things.
class EnhancedEntitiesTest {

  public static final class Woven implements PersistenceWeaved {
    String name = "ann";
    @Nullable Object shop;
    @Nullable ValueHolderInterface<Object> _persistence_shop_vh;
    @Nullable Object _persistence_fetchGroup;
    transient @Nullable Object _persistence_session;

    public @Nullable Object _persistence_getFetchGroup() {
      return _persistence_fetchGroup;
    }
  }

  /** What is not loaded, and must not be. */
  private static final class Unloaded<T> extends ValueHolder<T> {
    private static final long serialVersionUID = 1L;
    boolean isAsked;

    @Override
    public boolean isInstantiated() {
      return false;
    }

    @Override
    public T getValue() {
      isAsked = true;
      throw new IllegalStateException();
    }
  }

  @Test
  void wovenEntityComesBackWithoutItsHolders() throws Exception {
    Woven woven = new Woven();
    woven._persistence_session = new Object();
    assertEquals("ann", ((Woven) read(woven)).name);
    woven._persistence_shop_vh = new ValueHolder<>("corner");
    Woven back = (Woven) read(woven);
    assertEquals("corner", back.shop);
    assertNull(back._persistence_shop_vh);
  }

  @Test
  void wovenEntityThatIsNotWholeIsRefusedAndNotLoaded() {
    Woven woven = new Woven();
    Unloaded<Object> holder = new Unloaded<>();
    woven._persistence_shop_vh = holder;
    assertRefused("an EclipseLink entity whose shop is not loaded yet. Load what", woven);
    assertFalse(holder.isAsked);
    woven._persistence_shop_vh = null;
    woven._persistence_fetchGroup = "name only";
    assertRefused("an EclipseLink entity with attributes that are not loaded yet. Load", woven);
  }

  @Test
  void indirectCollectionsComeBackAsThoseOfTheJdk() throws Exception {
    IndirectList<String> list = new IndirectList<>(List.of("a", "b"));
    assertEquals(list, read(list));
    assertEquals(Vector.class, read(list).getClass());
    IndirectSet<String> set = new IndirectSet<>(Set.of("a"));
    assertEquals(Set.of("a"), read(set));
    assertEquals(HashSet.class, read(set).getClass());
    IndirectMap<String, Integer> map = new IndirectMap<>(Map.of("a", 1));
    assertEquals(Map.of("a", 1), read(map));
    assertEquals(Hashtable.class, read(map).getClass());
  }

  @Test
  void indirectCollectionThatIsNotLoadedIsRefused() {
    IndirectList<String> list = new IndirectList<>();
    Unloaded<List<String>> holder = new Unloaded<>();
    list.setValueHolder(holder);
    assertRefused("an EclipseLink collection that is not loaded yet. Load what", list);
    assertFalse(holder.isAsked);
  }

  /** Of both other libraries. */
  static final class Managed implements PersistenceCapable {
    String name = "ann";
    transient @Nullable Object pcStateManager;
    boolean detached;

    @Override
    public @Nullable Object pcGetStateManager() {
      return pcStateManager;
    }

    @Override
    public @Nullable Boolean pcIsDetached() {
      return detached ? true : null;
    }
  }

  static final class Stored implements Persistable {
    transient @Nullable Object dnStateManager;

    @Override
    public @Nullable Object dnGetStateManager() {
      return dnStateManager;
    }

    @Override
    public boolean dnIsDetached() {
      return false;
    }
  }

  @Test
  void attachedEntitiesAreRefused() throws Exception {
    Managed managed = new Managed();
    assertEquals("ann", ((Managed) read(managed)).name);
    managed.pcStateManager = new Object();
    assertRefused("an entity that is attached to its OpenJPA session. Detach it", managed);
    managed.detached = true;
    assertEquals("ann", ((Managed) read(managed)).name);
    Stored stored = new Stored();
    stored.dnStateManager = new Object();
    assertRefused("an entity that is attached to its DataNucleus session. Detach it", stored);
  }

  private static void assertRefused(String reason, Object value) {
    String message = assertThrows(UncacheableValueException.class, () -> read(value)).getMessage();
    assertEquals(
        reason, message.substring(message.indexOf(", ") + 2).substring(0, reason.length()));
  }

  private static Object read(Object value) throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    return Objects.requireNonNull(Codecs.read(format, Codecs.write(format, value)));
  }
}
