package io.github.rediscached.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.RedisCached;
import io.github.rediscached.agent.log.AgentLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The classes that are there before the agent, and what is wrong with them. */
class LoadedClassesTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final AgentLog log = new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8));
  private final List<Object> transformers = new ArrayList<>();
  private final List<Class<?>> retransformed = Collections.synchronizedList(new ArrayList<>());
  private volatile Supplier<Class<?>[]> loaded = () -> new Class<?>[0];
  private volatile boolean refuses;

  @Test
  void aClassLoaderThatThrowsDoesNotKeepTheAgentFromStarting() throws Exception {
    Class<?> type =
        load(
            Lonely.class,
            () -> {
              throw new AssertionError("no resources here");
            });
    loaded = () -> new Class<?>[] {type};
    start();

    assertEquals(1, transformers.size());
    assertEquals(List.of(type), retransformed);
    assertEquals("", log());
  }

  @Test
  void aClassFileThatIsNoneDoesNotKeepTheAgentFromStarting() throws Exception {
    Class<?> type = load(Lonely.class, () -> new byte[] {1, 2, 3});
    loaded = () -> new Class<?>[] {type};
    start();

    assertEquals(1, transformers.size());
    assertEquals(List.of(type), retransformed);
  }

  @Test
  void whoCanNotStartLeavesNoTransformerBehind() {
    AssertionError broken = new AssertionError("broken");
    loaded =
        () -> {
          throw broken;
        };

    assertSame(broken, assertThrows(AssertionError.class, this::start));
    assertEquals(List.of(), transformers);
  }

  @Test
  void aClassThatCanNotBeChangedIsReportedOnlyIfItConcernsUs() throws Exception {
    ReportOnly agent = new ReportOnly(new MethodReport(log, () -> {}));
    LoadedClasses classes = new LoadedClasses(instrumentation(), agent.missedWrites(), log);
    InheritableRequests supertypes = new InheritableRequests(List.of());
    CacheTransformer transformer =
        new CacheTransformer(
            List.of(),
            supertypes,
            () -> {
              throw new UnsupportedOperationException();
            },
            agent,
            classes,
            log);
    classes.lookAtPresent(transformer, agent);
    refuses = true;
    loaded = () -> new Class<?>[] {Base.class, Plain.class, Annotated.class};
    classes.accept(Base.class.getName());

    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!log().contains(Annotated.class.getName()) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertTrue(retransformed.contains(Plain.class), "tried before the other");
    assertTrue(log().contains(Annotated.class.getName() + " is loaded already"), log());
    assertFalse(log().contains(Plain.class.getName()), log());
  }

  interface Base {}

  static class Plain implements Base {}

  static class Lonely {}

  static class Annotated implements Base {
    @RedisCached
    String method() {
      return "";
    }
  }

  private void start() {
    MethodReport report = new MethodReport(log, () -> {});
    Instrumentations.start(
        instrumentation(), List.of(), Duration.ofMinutes(1), new ReportOnly(report), log);
  }

  /** The class once more, by a loader that answers so when it is asked for class files. */
  private static Class<?> load(Class<?> type, Supplier<byte[]> classFile) throws IOException {
    try (InputStream in =
        type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      assertNotNull(in);
      byte[] bytes = in.readAllBytes();
      return new ClassLoader(LoadedClassesTest.class.getClassLoader()) {
        Class<?> define() {
          return defineClass(type.getName(), bytes, 0, bytes.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
          return new ByteArrayInputStream(classFile.get());
        }
      }.define();
    }
  }

  private Instrumentation instrumentation() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            Instrumentation.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> answer(method.getName(), arguments));
  }

  private @Nullable Object answer(String method, @Nullable Object[] arguments)
      throws UnmodifiableClassException {
    switch (method) {
      case "addTransformer" -> transformers.add(arguments[0]);
      case "removeTransformer" -> {
        return transformers.remove(arguments[0]);
      }
      case "getAllLoadedClasses" -> {
        return loaded.get();
      }
      case "isModifiableClass" -> {
        return true;
      }
      case "retransformClasses" -> {
        retransformed.addAll(List.of((Class<?>[]) arguments[0]));
        if (refuses) {
          throw new UnmodifiableClassException();
        }
      }
      default -> throw new UnsupportedOperationException(method);
    }
    return null;
  }

  private String log() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
