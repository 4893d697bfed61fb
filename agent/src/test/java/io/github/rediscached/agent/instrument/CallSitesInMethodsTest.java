package io.github.rediscached.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import io.github.rediscached.agent.plan.TestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Methods as no Java compiler writes them, but others do. What javac writes is tested with the
 * agent.
 */
class CallSitesInMethodsTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @AfterEach
  void allMiss() {
    TestLinker.behave(TestLinker.MISS);
  }

  @Test
  void aMethodMayJumpToItsFirstInstruction() throws Exception {
    Method method =
        method(
            "(I)I",
            code -> {
              Label first = new Label();
              code.visitLabel(first);
              code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
              code.visitIincInsn(0, -1);
              code.visitVarInsn(Opcodes.ILOAD, 0);
              code.visitJumpInsn(Opcodes.IFGT, first);
              code.visitVarInsn(Opcodes.ILOAD, 0);
              code.visitInsn(Opcodes.IRETURN);
            });

    assertEquals(0, method.invoke(null, 5));
    assertHitsAndMisses(method, 5, 77);
  }

  @Test
  void aMethodMayReturnWithMoreOnItsStackThanTheResult() throws Exception {
    Method method =
        method(
            "(I)I",
            code -> {
              code.visitLdcInsn(1L);
              code.visitLdcInsn("left behind");
              code.visitTypeInsn(Opcodes.NEW, "java/lang/Object");
              code.visitVarInsn(Opcodes.ILOAD, 0);
              code.visitInsn(Opcodes.IRETURN);
            });

    assertEquals(5, method.invoke(null, 5));
    assertHitsAndMisses(method, 5, 77);
  }

  @Test
  void aMethodMayUseTheSlotsOfItsParametersForOtherTypes() throws Exception {
    Method method =
        method(
            "(JLjava/lang/String;)J",
            code -> {
              code.visitInsn(Opcodes.FCONST_1);
              code.visitVarInsn(Opcodes.FSTORE, 1);
              code.visitVarInsn(Opcodes.ALOAD, 2);
              code.visitVarInsn(Opcodes.ASTORE, 0);
              code.visitInsn(Opcodes.DCONST_1);
              code.visitVarInsn(Opcodes.DSTORE, 1);
              Label end = new Label();
              code.visitVarInsn(Opcodes.ALOAD, 0);
              code.visitJumpInsn(Opcodes.IFNULL, end);
              code.visitInsn(Opcodes.ACONST_NULL);
              code.visitVarInsn(Opcodes.ASTORE, 0);
              code.visitLabel(end);
              code.visitFrame(
                  Opcodes.F_FULL,
                  2,
                  new Object[] {"java/lang/String", Opcodes.DOUBLE},
                  0,
                  new Object[0]);
              code.visitVarInsn(Opcodes.DLOAD, 1);
              code.visitInsn(Opcodes.D2L);
              code.visitInsn(Opcodes.LRETURN);
            });

    assertEquals(1L, method.invoke(null, 5L, "five"));
    TestLinker.behave((name, arguments) -> arguments.equals(List.of(6L, "six")) ? 66L : 0L);
    assertEquals(66L, method.invoke(null, 6L, "six"));
  }

  @Test
  void aMethodMayHaveMoreLocalsThanFitInAByte() throws Exception {
    Method method =
        method(
            "(I)Ljava/lang/String;",
            code -> {
              for (int slot = 1; slot < 400; slot++) {
                code.visitLdcInsn("local " + slot);
                code.visitVarInsn(Opcodes.ASTORE, slot);
              }
              code.visitVarInsn(Opcodes.ALOAD, 399);
              code.visitInsn(Opcodes.ARETURN);
            });

    assertEquals("local 399", method.invoke(null, 5));
    assertHitsAndMisses(method, 5, "hit");
  }

  @Test
  void jumpsThatBecomeTooWideAreWidened() throws Exception {
    // 32,767 bytes, the widest there is for an ordinary jump, of which each return makes more.
    Method method =
        method(
            "(I)I",
            code -> {
              Label far = new Label();
              code.visitVarInsn(Opcodes.ILOAD, 0);
              code.visitJumpInsn(Opcodes.IFEQ, far);
              for (int i = 0; i < 1_000; i++) {
                Label next = new Label();
                code.visitVarInsn(Opcodes.ILOAD, 0);
                code.visitIntInsn(Opcodes.SIPUSH, i);
                code.visitJumpInsn(Opcodes.IF_ICMPNE, next);
                code.visitIntInsn(Opcodes.SIPUSH, i);
                code.visitInsn(Opcodes.IRETURN);
                code.visitLabel(next);
                code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                for (int padding = 0; padding < 21; padding++) {
                  code.visitInsn(Opcodes.NOP);
                }
              }
              code.visitLabel(far);
              code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
              code.visitInsn(Opcodes.ICONST_M1);
              code.visitInsn(Opcodes.IRETURN);
            });

    assertEquals(-1, method.invoke(null, 0));
    assertEquals(1, method.invoke(null, 1));
    assertEquals(999, method.invoke(null, 999));
    assertEquals(-1, method.invoke(null, 1_000));
    assertHitsAndMisses(method, 999, 77);
  }

  @Test
  void aMethodWithoutRoomForTheCallSitesStaysAsItIsAndTheOthersOfItsClassAreCached()
      throws Exception {
    ClassWriter type = type(Opcodes.V17);
    add(type, "small", "(I)I", returnArgument(Opcodes.ILOAD, Opcodes.IRETURN, 0));
    add(type, "large", "(I)I", returnArgument(Opcodes.ILOAD, Opcodes.IRETURN, 65_500));
    Class<?> loaded = load(type);
    TestLinker.behave((name, arguments) -> 77);

    assertEquals(77, named(loaded, "small").invoke(null, 5));
    assertEquals(5, named(loaded, "large").invoke(null, 5));
    assertEquals(
        "[rediscached] WARN com.acme.Made.large(int) is not cached: it is so large that the JVM"
            + " allows no more code in it. Move a part of it to another method.\n",
        log());
  }

  @Test
  void aMethodThatBecomesTooLargeToBeCompiledIsCachedAndReportedOnce() throws Exception {
    int limit = 8_000;
    int code = 2; // of a method without padding
    ClassWriter type = type(Opcodes.V17);
    type.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "NUMBER", "I", null, 7).visitEnd();
    type.visitField(Opcodes.ACC_STATIC, "text", "Ljava/lang/String;", null, null).visitEnd();
    add(type, "small", "(I)I", returnArgument(Opcodes.ILOAD, Opcodes.IRETURN, 0));
    add(type, "fits", "(I)I", returnArgument(Opcodes.ILOAD, Opcodes.IRETURN, limit - code - 200));
    add(type, "grows", "(I)I", returnArgument(Opcodes.ILOAD, Opcodes.IRETURN, limit - code));
    add(type, "large", "(I)I", returnArgument(Opcodes.ILOAD, Opcodes.IRETURN, limit - code + 1));
    Instrumenter instrumenter = instrumenter();
    for (int i = 0; i < 2; i++) {
      instrumenter.instrument(ClassLoader.getSystemClassLoader(), null, type.toByteArray());
    }

    assertTrue(
        log()
            .matches(
                "\\[rediscached] WARN com\\.acme\\.Made\\.grows\\(int\\) will run slowly: with the"
                    + " agent's call sites it has 80\\d\\d bytes of code, and HotSpot compiles no"
                    + " method of more than 8000 unless it is started with"
                    + " -XX:-DontCompileHugeMethods\\. Move a part of it to another method, or"
                    + " start the JVM with that option\\.\n"),
        log());
    Class<?> loaded = load(type);
    TestLinker.behave((name, arguments) -> 77);
    for (String name : List.of("small", "fits", "grows", "large")) {
      assertEquals(77, named(loaded, name).invoke(null, 5));
    }
  }

  @Test
  void aMethodMayHaveNearlyAllTheParametersThatAreAllowed() throws Exception {
    ClassWriter type = type(Opcodes.V17);
    add(
        type,
        "most",
        "(" + "J".repeat(124) + ")J",
        returnArgument(Opcodes.LLOAD, Opcodes.LRETURN, 0));
    add(
        type,
        "tooMany",
        "(" + "J".repeat(125) + ")J",
        returnArgument(Opcodes.LLOAD, Opcodes.LRETURN, 0));
    Class<?> loaded = load(type);
    Object[] arguments = new Object[124];
    Arrays.fill(arguments, 5L);
    arguments[123] = 9L;

    assertEquals(5L, named(loaded, "most").invoke(null, arguments));
    TestLinker.behave((name, passed) -> passed.get(123));
    assertEquals(9L, named(loaded, "most").invoke(null, arguments));
    assertTrue(log().contains("it has too many parameters. Pass an object instead."), log());
  }

  @Test
  void aMethodOfAnOldClassFileIsRejected() throws Exception {
    ClassWriter type = type(Opcodes.V1_6);
    add(type, "old", "(I)I", returnArgument(Opcodes.ILOAD, Opcodes.IRETURN, 0));

    assertEquals(5, named(load(type), "old").invoke(null, 5));
    assertEquals(
        "[rediscached] WARN com.acme.Made.old(int) is not cached: its class file is older than Java"
            + " 7 (version 50). Compile it for Java 7 or later.\n",
        log());
  }

  @Test
  void whatIsChangedAlreadyIsNotChangedAgain() {
    ClassWriter type = type(Opcodes.V17);
    add(type, "method", "(I)I", returnArgument(Opcodes.ILOAD, Opcodes.IRETURN, 0));
    byte[] changed = instrument(type.toByteArray());

    assertNull(
        instrumenter().instrument(ClassLoader.getSystemClassLoader(), null, changed).bytes());
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.TYPE_USE})
  @interface Marked {
    String value();
  }

  @Marked("interface")
  sealed interface Shape<@Marked("variable") T extends Number> extends @Marked("super") Serializable
      permits Square {

    default T twice(@Marked("parameter") T length) throws @Marked("thrown") IOException {
      return length;
    }
  }

  @Marked("record")
  record Square(@Marked("component") int length) implements @Marked("square") Shape<Integer> {

    @Marked("result")
    String name() {
      return "square";
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Shape.class, Square.class})
  void aClassKeepsAllButTheCodeOfItsMethods(Class<?> type) throws Exception {
    try (InstrumentedJars jar =
        InstrumentedJars.of(List.of(type), CallSitesInMethodsTest.class.getName() + "$S*.*(..)")) {
      Class<?> woven = jar.loadClass(type.getName());

      assertEquals(described(type), described(woven));
      assertFalse(jar.report.instrumentedMethods().isEmpty());
    }
  }

  private static List<String> described(Class<?> type) {
    List<String> lines = new ArrayList<>();
    lines.add(type.toGenericString() + Arrays.toString(type.getAnnotations()));
    lines.add(type.getNestHost() + " in " + type.getEnclosingClass());
    lines.add(Arrays.toString(type.getPermittedSubclasses()));
    lines.add(Arrays.toString(type.getAnnotatedInterfaces()));
    lines.add(Arrays.toString(type.getTypeParameters()));
    for (TypeVariable<?> variable : type.getTypeParameters()) {
      lines.add(Arrays.toString(variable.getAnnotations()));
    }
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        lines.add(component + " " + component.getAnnotatedType());
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      lines.add(
          method.toGenericString()
              + method.getAnnotatedReturnType()
              + Arrays.toString(method.getAnnotatedParameterTypes())
              + Arrays.toString(method.getAnnotatedExceptionTypes()));
    }
    lines.sort(null);
    return lines;
  }

  @Test
  void whateverFailsInTheAgentTheMethodNeverSeesIt() throws Exception {
    // A handler around everything, the return included, as only a compiler could place it.
    Method method =
        method(
            "(I)I",
            code -> {
              Label start = new Label();
              Label end = new Label();
              Label handler = new Label();
              code.visitTryCatchBlock(start, end, handler, "java/lang/Throwable");
              code.visitLabel(start);
              code.visitIntInsn(Opcodes.BIPUSH, 100);
              code.visitVarInsn(Opcodes.ILOAD, 0);
              code.visitInsn(Opcodes.IDIV);
              code.visitInsn(Opcodes.IRETURN);
              code.visitLabel(end);
              code.visitLabel(handler);
              code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
              code.visitInsn(Opcodes.POP);
              code.visitInsn(Opcodes.ICONST_M1);
              code.visitInsn(Opcodes.IRETURN);
            });
    TestLinker.behave(
        new TestLinker.Behaviour() {
          @Override
          public Object enter(String name, List<@Nullable Object> arguments) {
            return TestLinker.miss(name);
          }

          @Override
          public void exit(@Nullable Object result, @Nullable Object load) {
            throw new ThreadDeathOfTheAgent();
          }
        });

    assertEquals(20, method.invoke(null, 5));
    assertEquals(-1, method.invoke(null, 0));
    assertEquals(2, TestLinker.EXITED.get());
    assertEquals(0, TestLinker.FAILED.get());
  }

  @Test
  void anExceptionPassesUntouchedWhateverTheAgentThrowsMeanwhile() throws Exception {
    RuntimeException own = new IllegalArgumentException("own");
    Method method =
        method(
            "(Ljava/lang/RuntimeException;)Ljava/lang/String;",
            code -> {
              code.visitVarInsn(Opcodes.ALOAD, 0);
              code.visitInsn(Opcodes.ATHROW);
            });
    List<@Nullable Object> seen = new ArrayList<>();
    TestLinker.behave(
        new TestLinker.Behaviour() {
          @Override
          public Object enter(String name, List<@Nullable Object> arguments) {
            return TestLinker.miss("load");
          }

          @Override
          public Object fail(Throwable thrown, @Nullable Object load) {
            seen.add(thrown);
            seen.add(load);
            throw new ThreadDeathOfTheAgent();
          }
        });

    assertSame(own, causeOf(method, own));
    assertEquals(Arrays.asList(own, "load"), seen);
  }

  @Test
  void aCachedExceptionIsThrownInsteadOfRunningTheMethod() throws Exception {
    Exception cached = new Exception("cached");
    Method method = method("(I)I", returnArgument(Opcodes.ILOAD, Opcodes.IRETURN, 0));
    TestLinker.behave((name, arguments) -> TestLinker.thrown(cached));

    assertSame(cached, causeOf(method, 5));
    assertEquals(0, TestLinker.EXITED.get() + TestLinker.FAILED.get());
  }

  @Test
  void noClassOfTheApplicationIsLoadedForACallSite() throws Throwable {
    ClassWriter type = type(Opcodes.V17);
    add(
        type,
        "optional",
        "(Lcom/acme/Missing;I)Lcom/acme/AlsoMissing;",
        code -> {
          code.visitInsn(Opcodes.ACONST_NULL);
          code.visitInsn(Opcodes.ARETURN);
        });
    add(
        type,
        "method",
        "(I)I",
        code -> {
          code.visitInsn(Opcodes.ACONST_NULL);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              "com/acme/Made",
              "optional",
              "(Lcom/acme/Missing;I)Lcom/acme/AlsoMissing;",
              false);
          code.visitInsn(Opcodes.POP);
          code.visitVarInsn(Opcodes.ILOAD, 0);
          code.visitInsn(Opcodes.IRETURN);
        });
    MethodHandle method =
        MethodHandles.publicLookup()
            .findStatic(load(type), "method", MethodType.methodType(int.class, int.class));
    List<String> entered = new ArrayList<>();
    TestLinker.behave(
        (name, arguments) -> {
          entered.add(name);
          return TestLinker.miss(name);
        });

    assertEquals(5, (int) method.invoke(5));
    assertEquals(
        List.of("method(I)I", "optional(Lcom/acme/Missing;I)Lcom/acme/AlsoMissing;"), entered);
    assertEquals(2, TestLinker.EXITED.get());
  }

  @Test
  void aMethodThatReturnsNothingRunsAndSaysWhenItHasReturned() throws Exception {
    Method method =
        evicting(
            "([II)V",
            code -> {
              // With more on its stack, a second return, and a handler around everything.
              Label start = new Label();
              Label end = new Label();
              Label handler = new Label();
              Label positive = new Label();
              code.visitTryCatchBlock(start, end, handler, "java/lang/ArithmeticException");
              code.visitLabel(start);
              code.visitVarInsn(Opcodes.ILOAD, 1);
              code.visitJumpInsn(Opcodes.IFGT, positive);
              code.visitLdcInsn(1L);
              code.visitVarInsn(Opcodes.ALOAD, 0);
              code.visitInsn(Opcodes.ICONST_0);
              code.visitInsn(Opcodes.ICONST_M1);
              code.visitInsn(Opcodes.IASTORE);
              code.visitInsn(Opcodes.RETURN);
              code.visitLabel(positive);
              code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
              code.visitVarInsn(Opcodes.ALOAD, 0);
              code.visitInsn(Opcodes.ICONST_0);
              code.visitVarInsn(Opcodes.ILOAD, 1);
              code.visitInsn(Opcodes.IASTORE);
              code.visitInsn(Opcodes.RETURN);
              code.visitLabel(end);
              code.visitLabel(handler);
              code.visitFrame(
                  Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/ArithmeticException"});
              code.visitInsn(Opcodes.ATHROW);
            });
    for (Object answer : Arrays.asList(TestLinker.miss("load"), "no bridge's object", null)) {
      List<@Nullable Object> exited = new ArrayList<>();
      TestLinker.behave(
          new TestLinker.Behaviour() {
            @Override
            public @Nullable Object enter(String name, List<@Nullable Object> arguments) {
              return answer;
            }

            @Override
            public void exit(@Nullable Object result, @Nullable Object load) {
              exited.add(result);
              exited.add(load);
              throw new ThreadDeathOfTheAgent();
            }
          });
      for (int value : new int[] {5, -1}) {
        int[] written = new int[1];
        assertNull(method.invoke(null, written, value));
        assertEquals(value, written[0]);
      }
      Object load = answer == null || answer instanceof String ? null : "load";
      assertEquals(Arrays.asList(null, load, null, load), exited);
    }
  }

  @Test
  void aMethodThatReturnsNothingThrowsWhateverTheAgentAnswers() throws Exception {
    RuntimeException own = new IllegalArgumentException("own");
    Method method =
        evicting(
            "(Ljava/lang/RuntimeException;)V",
            code -> {
              code.visitVarInsn(Opcodes.ALOAD, 0);
              code.visitInsn(Opcodes.ATHROW);
            });
    for (Object answer : Arrays.asList(TestLinker.rethrow(), "a result", null)) {
      answerFailuresWith(answer);
      assertSame(own, causeOf(method, own));
      assertEquals(1, TestLinker.FAILED.get());
    }
  }

  static Stream<Arguments> results() {
    return Stream.of(
        Arguments.of("Z", true),
        Arguments.of("B", (byte) 7),
        Arguments.of("C", 'c'),
        Arguments.of("S", (short) 7),
        Arguments.of("I", 7),
        Arguments.of("J", 7L),
        Arguments.of("F", 7f),
        Arguments.of("D", 7.0),
        Arguments.of("Ljava/lang/String;", "seven"),
        Arguments.of("Ljava/lang/Object;", "seven"),
        Arguments.of("Ljava/lang/String;", null),
        Arguments.of("[J", new long[] {7}));
  }

  @ParameterizedTest
  @MethodSource("results")
  void aResultCanStandInForAnException(String type, @Nullable Object result) throws Exception {
    RuntimeException own = new IllegalArgumentException("own");
    Method method =
        method(
            "(Ljava/lang/RuntimeException;)" + type,
            code -> {
              // The method uses its parameter's slot for something else, and another one.
              code.visitVarInsn(Opcodes.ALOAD, 0);
              code.visitInsn(Opcodes.DCONST_1);
              code.visitVarInsn(Opcodes.DSTORE, 0);
              code.visitInsn(Opcodes.ATHROW);
            });

    answerFailuresWith(result);
    assertEquals(result, method.invoke(null, own));
    answerFailuresWith(TestLinker.rethrow());
    assertSame(own, causeOf(method, own));
    if (!type.equals("Ljava/lang/Object;")) {
      answerFailuresWith(List.of("of another type"));
      assertSame(own, causeOf(method, own));
    }
    if (type.length() == 1) {
      answerFailuresWith(null);
      assertSame(own, causeOf(method, own));
    }
  }

  private static void answerFailuresWith(@Nullable Object answer) {
    TestLinker.behave(
        new TestLinker.Behaviour() {
          @Override
          public Object enter(String name, List<@Nullable Object> arguments) {
            return TestLinker.miss(name);
          }

          @Override
          public @Nullable Object fail(Throwable thrown, @Nullable Object load) {
            return answer;
          }
        });
  }

  /** What no agent should throw. */
  private static final class ThreadDeathOfTheAgent extends Error {
    private static final long serialVersionUID = 1;
  }

  private static void assertHitsAndMisses(Method method, Object argument, Object hit)
      throws ReflectiveOperationException {
    Object own = method.invoke(null, argument);
    List<@Nullable Object> exited = new ArrayList<>();
    TestLinker.behave(
        new TestLinker.Behaviour() {
          @Override
          public Object enter(String name, List<@Nullable Object> arguments) {
            return TestLinker.ENTERED.get() == 1 ? TestLinker.miss(arguments) : hit;
          }

          @Override
          public void exit(@Nullable Object result, @Nullable Object load) {
            exited.add(result);
            exited.add(load);
          }
        });
    assertEquals(own, method.invoke(null, argument));
    assertEquals(hit, method.invoke(null, argument));
    assertEquals(Arrays.asList(own, List.of(argument)), exited);
  }

  private static Throwable causeOf(Method method, Object argument) {
    Throwable thrown =
        assertThrows(InvocationTargetException.class, () -> method.invoke(null, argument))
            .getCause();
    if (thrown == null) {
      throw new AssertionError("no cause");
    }
    return thrown;
  }

  private static Consumer<MethodVisitor> returnArgument(int load, int ret, int padding) {
    return code -> {
      for (int i = 0; i < padding; i++) {
        code.visitInsn(Opcodes.NOP);
      }
      code.visitVarInsn(load, 0);
      code.visitInsn(ret);
    };
  }

  private Method evicting(String descriptor, Consumer<MethodVisitor> code) throws Exception {
    ClassWriter type = type(Opcodes.V17);
    add(type, "evict", descriptor, code);
    Method method = named(load(type), "evict");
    assertTrue(
        log()
            .endsWith(
                "is not cached: it returns nothing (void). Remove it from the cached methods.\n"),
        log());
    return method;
  }

  private Method method(String descriptor, Consumer<MethodVisitor> code) throws Exception {
    ClassWriter type = type(Opcodes.V17);
    add(type, "method", descriptor, code);
    return named(load(type), "method");
  }

  private static ClassWriter type(int version) {
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(version, Opcodes.ACC_PUBLIC, "com/acme/Made", null, "java/lang/Object", null);
    return type;
  }

  private static void add(
      ClassWriter type, String name, String descriptor, Consumer<MethodVisitor> code) {
    MethodVisitor method =
        type.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
    method.visitCode();
    code.accept(method);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private Class<?> load(ClassWriter type) throws ClassNotFoundException {
    byte[] classFile = instrument(type.toByteArray());
    return new ClassLoader(null) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.equals("com.acme.Made")) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length);
      }
    }.loadClass("com.acme.Made");
  }

  private byte[] instrument(byte[] classFile) {
    byte[] changed =
        instrumenter().instrument(ClassLoader.getSystemClassLoader(), null, classFile).bytes();
    return changed == null ? classFile : changed;
  }

  private Instrumenter instrumenter() {
    List<MethodRule> rules =
        List.of(
            new MethodRule(
                MethodPattern.parse("com.acme.Made.*(..)"), TestOptions.DEFAULTS, "here"),
            new MethodRule(
                MethodPattern.parse("com.acme.Made.evict(..)"),
                new EvictOptions("c", null, List.of(), null, false, false, false, null),
                "here"));
    MethodReport report =
        new MethodReport(
            new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8)), () -> {});
    return new Instrumenter(
        rules,
        new InheritableRequests(rules),
        new Plans(),
        report,
        new RuleUse(rules, new ReportOnly(report)),
        new ReportOnly(report).missedWrites(),
        type -> {},
        false);
  }

  private static Method named(Class<?> type, String name) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)) {
        return method;
      }
    }
    throw new AssertionError(name);
  }

  private String log() {
    return said.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
