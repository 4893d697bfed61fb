package io.github.rediscached.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import io.github.rediscached.agent.instrument.library.GuavaAtWork;
import io.github.rediscached.agent.instrument.library.SqlAtWork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.h2.Driver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole libraries with the call sites in every method that can be cached: the JVM verifies each of
 * their classes, and they do what they did before.
 */
class LibrariesKeepWorkingTest {

  @AfterEach
  void allMiss() {
    TestLinker.behave(TestLinker.MISS);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ImmutableList.class,
        Driver.class,
        kotlin.Unit.class,
        scala.Option.class,
        org.antlr.v4.runtime.Parser.class,
      })
  void theJvmVerifiesEveryClass(Class<?> member) throws Exception {
    int verified = 0;
    List<String> unlinked = new ArrayList<>();
    try (InstrumentedJars changed = InstrumentedJars.of(List.of(member), "*..*.*(..)", "*.*(..)")) {
      for (String name : InstrumentedJars.classesBeside(member)) {
        try {
          link(name, changed);
          verified++;
        } catch (NoClassDefFoundError e) {
          unlinked.add(name);
        }
      }
      assertTrue(verified > 50 && verified > unlinked.size(), verified + " of " + unlinked);
      assertTrue(
          changed.report.instrumentedMethods().size() > 2 * verified
              || changed.report.instrumentedMethods().size() == 10_000,
          changed.report.instrumentedMethods().size() + " methods");
    }
    // What lacks another library has lacked it before.
    try (InstrumentedJars unchanged = InstrumentedJars.of(List.of(member))) {
      for (String name : unlinked) {
        try {
          link(name, unchanged);
          throw new AssertionError(name + " can't be linked because of the call sites");
        } catch (NoClassDefFoundError e) {
          // The same.
        }
      }
    }
  }

  @Test
  void aDatabaseAnswersTheSame() throws Exception {
    try (InstrumentedJars changed =
        InstrumentedJars.of(List.of(Driver.class, SqlAtWork.class), "org.h2..*.*(..)")) {
      assertWorks(SqlAtWork.class, changed);
    }
  }

  @Test
  void guavaAnswersTheSame() throws Exception {
    try (InstrumentedJars changed =
        InstrumentedJars.of(
            List.of(ImmutableList.class, InternalFutureFailureAccess.class, GuavaAtWork.class),
            "com.google.common..*.*(..)")) {
      assertWorks(GuavaAtWork.class, changed);
    }
  }

  private static void assertWorks(Class<? extends Callable<String>> work, InstrumentedJars changed)
      throws Exception {
    String expected = work.getConstructor().newInstance().call();
    Callable<?> instrumented =
        (Callable<?>) changed.loadClass(work.getName()).getConstructor().newInstance();

    TestLinker.behave(TestLinker.MISS);
    assertEquals(expected, instrumented.call());
    assertTrue(TestLinker.ENTERED.get() > 1_000, TestLinker.ENTERED + " calls");
    assertTrue(TestLinker.EXITED.get() > 1_000, TestLinker.EXITED + " exits");
    assertTrue(TestLinker.FAILED.get() > 0, TestLinker.FAILED + " failures");

    TestLinker.behave(new Broken());
    assertEquals(expected, instrumented.call());
    assertTrue(TestLinker.ENTERED.get() > 1_000, TestLinker.ENTERED + " calls");
  }

  /** An agent in which everything goes wrong. */
  private static final class Broken implements TestLinker.Behaviour {

    private final Error failure = new StackOverflowError();

    @Override
    public Object enter(String method, List<@Nullable Object> arguments) {
      if (method.hashCode() % 2 == 0) {
        throw failure;
      }
      return TestLinker.miss(method);
    }

    @Override
    public void exit(@Nullable Object result, @Nullable Object load) {
      throw failure;
    }

    @Override
    public Object fail(Throwable thrown, @Nullable Object load) {
      throw failure;
    }
  }

  /** Verifies the class without running any of its code, which looking for its fields needs. */
  private static void link(String name, ClassLoader loader) throws ClassNotFoundException {
    var verified = Class.forName(name, false, loader).getDeclaredFields();
    assertNotNull(verified);
  }
}
