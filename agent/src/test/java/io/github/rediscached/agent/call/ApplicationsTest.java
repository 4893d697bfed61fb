package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApplicationsTest {

  private final List<String> warnings = new ArrayList<>();
  private final Applications applications =
      new Applications((topic, message) -> warnings.add(message));

  /** The class that each application has. */
  public static final class Service {}

  /** Another one. */
  public static final class Other {}

  private static Class<?> in(@Nullable ClassLoader loader, Class<?> type)
      throws ReflectiveOperationException {
    return Class.forName(type.getName(), false, loader);
  }

  private static ClassLoader loader(@Nullable String name) {
    URL classes = ApplicationsTest.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(name, new URL[] {classes}, ClassLoader.getPlatformClassLoader());
  }

  @Test
  void classesOfTheClassPathAndOfTheJdkBelongToNoneInParticular() {
    assertEquals("", applications.of(Service.class));
    assertEquals("", applications.of(String.class));
  }

  @Test
  void loadersWithNamesAreApplicationsOfTheseNames() throws Exception {
    assertEquals("shop", applications.of(in(loader("shop"), Service.class)));
    assertEquals("shop", applications.of(in(loader("shop"), Service.class)));
    assertEquals("admin", applications.of(in(loader("admin"), Service.class)));
    assertEquals(List.of(), warnings);
  }

  @Test
  void theSecondOfLoadersWithoutNamesSharesWithNobodyAndIsTold() throws Exception {
    ClassLoader first = loader(null);
    ClassLoader second = loader(null);
    ClassLoader third = loader(null);

    assertEquals("", applications.of(in(first, Service.class)));
    String other = applications.of(in(second, Service.class));
    assertNotEquals("", other);
    assertEquals(other, applications.of(in(second, Service.class)));
    assertEquals(other, applications.of(in(second, Other.class)), "all of its classes");
    assertNotEquals(other, applications.of(in(third, Service.class)));
    assertEquals("", applications.of(in(first, Other.class)));
    assertEquals(2, warnings.size());
    assertTrue(warnings.get(0).contains(Service.class.getName()), warnings.get(0));
  }

  /** As Jetty's are that nobody has named. */
  private static final class NamedByItsHash extends URLClassLoader {

    NamedByItsHash() {
      super(new URL[] {Service.class.getProtectionDomain().getCodeSource().getLocation()}, null);
    }

    @Override
    public String getName() {
      return Integer.toString(System.identityHashCode(this));
    }
  }

  @Test
  void aNameThatIsAnotherOnEachJvmIsNone() throws Exception {
    try (NamedByItsHash loader = new NamedByItsHash()) {
      assertEquals("", applications.of(in(loader, Service.class)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A loader that is broken in every way. */
  private static final class Broken extends URLClassLoader {

    Broken() {
      super(new URL[] {Service.class.getProtectionDomain().getCodeSource().getLocation()}, null);
    }

    private boolean broken;

    @Override
    public String getName() {
      if (broken) {
        throw new IllegalStateException();
      }
      return "not yet";
    }
  }

  @Test
  void aLoaderThatThrowsHasNoName() throws Exception {
    try (Broken loader = new Broken()) {
      Class<?> type = in(loader, Service.class);
      loader.broken = true;
      assertEquals("", applications.of(type));
    }
  }
}
