package io.github.rediscached.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import io.github.rediscached.RedisPut;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.MethodPattern;
import io.github.rediscached.agent.plan.TestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first glance at each class that is loaded, and what it lets through. */
class GlanceTest {

  private static final byte[] ANNOTATION =
      "Lio/github/rediscached/Redis".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void theAnnotationsAreFoundInTheConstantPool() throws IOException {
    assertTrue(ClassFile.mentions(bytes(Annotated.class), ANNOTATION));
    assertFalse(ClassFile.mentions(bytes(Numbers.class), ANNOTATION));
    assertTrue(transformer().mayConcern("com/acme/Evicting", bytes(Evicting.class)));
    assertTrue(transformer().mayConcern("com/acme/EvictingTwice", bytes(EvictingTwice.class)));
    assertTrue(transformer().mayConcern("com/acme/Putting", bytes(Putting.class)));
    assertFalse(transformer().mayConcern("com/acme/Numbers", bytes(Numbers.class)));
  }

  @Test
  void theSupertypesAreThoseOfTheClassFile() throws IOException {
    assertArrayEquals(
        new String[] {"java/lang/Number", "java/io/Serializable", "java/lang/Comparable"},
        ClassFile.supertypes(bytes(Numbers.class)));
    assertArrayEquals(
        new String[] {"java/lang/Object", "java/util/concurrent/Callable"},
        ClassFile.supertypes(bytes(Extended.class)));
    assertArrayEquals(
        new String[] {"java/lang/Object"}, ClassFile.supertypes(bytes(Annotated.class)));
    assertArrayEquals(new String[] {null}, ClassFile.supertypes(bytes(Object.class)));
  }

  @Test
  void everyKindOfConstantIsStepped() throws Exception {
    // Classes of the JDK and of these libraries have all kinds, longs at the end of the pool
    // included.
    List<String> names = new ArrayList<>(InstrumentedJars.classesBeside(ClassReader.class));
    names.addAll(InstrumentedJars.classesBeside(com.google.common.base.Joiner.class));
    for (String name : names) {
      byte[] classFile = bytes("/" + name.replace('.', '/') + ".class");
      ClassReader reader = new ClassReader(classFile);
      List<String> expected = new ArrayList<>(List.of(reader.getSuperName()));
      expected.addAll(Arrays.asList(reader.getInterfaces()));
      assertEquals(expected, Arrays.asList(ClassFile.supertypes(classFile)), name);
      byte[] ownName = reader.getClassName().getBytes(StandardCharsets.UTF_8);
      assertTrue(ClassFile.mentions(classFile, ownName), name);
    }
    assertTrue(names.size() > 1_500, names.size() + " classes");
  }

  @Test
  void aClassFileThatIsNotUnderstoodIsLetThroughAndSaidOnce() throws IOException {
    CacheTransformer transformer = transformer();
    byte[] ofTheFuture = bytes(Annotated.class);
    ofTheFuture[10] = 77;
    byte[] cut = Arrays.copyOf(bytes(Annotated.class), 40);

    assertNull(transform(transformer, "com/acme/Future", ofTheFuture));
    assertNull(transform(transformer, "com/acme/Cut", cut));
    assertNull(transform(transformer, "com/acme/Empty", new byte[0]));
    assertEquals(
        "[rediscached] WARN the class file of com.acme.Future is not understood, it runs uncached;"
            + " so may others, of which nothing will be said: java.lang.IllegalArgumentException:"
            + " constant pool tag 77. Look for a version of rediscached that knows it.\n",
        log());
  }

  @Test
  void aNamedClassThatIsNotUnderstoodIsLetThroughAndReported() throws IOException {
    CacheTransformer transformer = transformer();
    byte[] newer = bytes(Annotated.class);
    newer[7] = 120;

    assertNull(transform(transformer, "com/acme/Named", newer));
    assertEquals(
        "[rediscached] WARN com.acme.Named could not be looked at, its methods run uncached:"
            + " java.lang.IllegalArgumentException: Unsupported class file version 120.0. Please"
            + " report this.\n",
        log());
  }

  private static byte @Nullable [] transform(
      CacheTransformer transformer, String name, byte[] classFile) {
    // The agent's own loader, which loads this test, is not looked at.
    ClassLoader application = new ClassLoader(null) {};
    return transformer.transform(application, name, null, null, classFile);
  }

  private CacheTransformer transformer() {
    AgentLog log = new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8));
    List<MethodRule> rules =
        List.of(
            new MethodRule(
                MethodPattern.parse("com.acme.Named.*(..)"), TestOptions.DEFAULTS, "here"));
    InheritableRequests supertypes = new InheritableRequests(rules);
    MethodReport report = new MethodReport(log, () -> {});
    return new CacheTransformer(
        rules,
        supertypes,
        () ->
            new Instrumenter(
                rules,
                supertypes,
                new Plans(),
                report,
                new RuleUse(rules, new ReportOnly(report)),
                new ReportOnly(report).missedWrites(),
                type -> {},
                false),
        new ReportOnly(report),
        name -> {},
        log);
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    return bytes("/" + type.getName().replace('.', '/') + ".class");
  }

  private static byte[] bytes(String path) throws IOException {
    try (InputStream in = GlanceTest.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError(path);
      }
      return in.readAllBytes();
    }
  }

  private String log() {
    return said.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  static final class Annotated {
    @RedisCached
    @SuppressWarnings("UnusedMethod") // Its class file is looked at.
    String method() {
      return "";
    }
  }

  interface Evicting {
    @RedisEvict(cache = "a")
    void method();
  }

  interface EvictingTwice {
    @RedisEvict(cache = "a")
    @RedisEvict(cache = "b")
    void method();
  }

  interface Putting {
    @RedisPut(cache = "a")
    String method();
  }

  private interface Extended extends Callable<String> {}

  private abstract static class Numbers extends Number
      implements Serializable, Comparable<Numbers> {
    private static final long serialVersionUID = 1;
    private static final long LARGE = 123_456_789_012L;

    @Override
    public long longValue() {
      return LARGE;
    }
  }
}
