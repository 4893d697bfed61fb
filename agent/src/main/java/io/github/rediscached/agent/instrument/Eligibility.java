package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.LibraryName;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Which methods can be cached, evict or put at all, by what their class file says. */
final class Eligibility {

  private static final int MAX_ARGUMENT_SLOTS = 250;

  /** The JVM's limit without what the call sites may add. */
  private static final int MAX_SLOTS = 65_532;

  private static final Set<String> STREAMS =
      Set.of(
          "java.util.stream.BaseStream",
          "java.util.stream.Stream",
          "java.util.stream.IntStream",
          "java.util.stream.LongStream",
          "java.util.stream.DoubleStream",
          "java.util.Iterator",
          "java.util.ListIterator",
          "java.util.PrimitiveIterator",
          "java.util.Spliterator",
          "java.util.Enumeration",
          "java.util.Scanner",
          "kotlin.sequences.Sequence",
          "scala.collection.Iterator");

  private static final Set<String> FUTURES =
      Set.of(
          "java.util.concurrent.Future",
          "java.util.concurrent.FutureTask",
          "java.util.concurrent.ScheduledFuture",
          "java.util.concurrent.RunnableFuture",
          "com.google.common.util.concurrent.ListenableFuture",
          "scala.concurrent.Future",
          "kotlinx.coroutines.Deferred");

  /** These tell when they are done, and with what. */
  private static final Set<String> CACHEABLE_FUTURES =
      Set.of("java.util.concurrent.CompletableFuture", "java.util.concurrent.CompletionStage");

  private static final Set<String> REACTIVE =
      Set.of(
          "java.util.concurrent.Flow$Publisher",
          LibraryName.in("class org.reactivestreams.Publisher"),
          LibraryName.in("class reactor.core.publisher.Mono"),
          LibraryName.in("class reactor.core.publisher.Flux"),
          "kotlinx.coroutines.flow.Flow",
          "io.smallrye.mutiny.Uni",
          "io.smallrye.mutiny.Multi");

  /** What is asked of a method can't be done. The message says why and what to do. */
  static final class Rejection extends Exception {

    private static final long serialVersionUID = 1;

    Rejection(String message) {
      super(message, null, false, false);
    }
  }

  private Eligibility() {}

  /** Refuses what can't be cached. */
  static void checkCached(ClassModel type, MethodModel method) throws Rejection {
    checkCode(method, "Cache a method that calls it.");
    checkConstants(type, method, "Remove it from the cached methods.");
    Type result = Type.getReturnType(method.descriptor);
    if (result.getSort() == Type.VOID) {
      throw new Rejection("it returns nothing (void). Remove it from the cached methods.");
    }
    checkSuspending(method, "Cache a blocking method that it calls.");
    checkResult(result.getClassName());
    checkRoom(type, method);
  }

  /** Refuses what can't evict; whether and what the method returns does not matter. */
  static void checkEvicting(ClassModel type, MethodModel method) throws Rejection {
    checkCode(method, "Evict in a method that calls it.");
    checkConstants(type, method, "Evict in a method that calls it.");
    checkSuspending(method, "Evict in a blocking method that it calls.");
    checkRoom(type, method);
  }

  /** Refuses what has no result that could be stored. */
  static void checkPut(ClassModel type, MethodModel method) throws Rejection {
    checkCode(method, "Put the result of a method that calls it.");
    Type result = Type.getReturnType(method.descriptor);
    if (result.getSort() == Type.VOID) {
      throw new Rejection("it returns nothing (void). Return what is to be stored.");
    }
    checkSuspending(method, "Put the result of a blocking method that it calls.");
    if (CACHEABLE_FUTURES.contains(result.getClassName())) {
      throw new Rejection(
          "it returns "
              + result.getClassName()
              + ", whose value comes later. Put the result of the method that computes the value.");
    }
    checkResult(result.getClassName());
    checkRoom(type, method);
  }

  private static void checkCode(MethodModel method, String ifNative) throws Rejection {
    if (method.is(Opcodes.ACC_NATIVE)) {
      throw new Rejection("it is native and has no code to change. " + ifNative);
    }
    if (method.is(Opcodes.ACC_ABSTRACT)) {
      throw new Rejection(
          "it is abstract and has no code. Put a + behind the type in the rule, for all methods that"
              + " implement it.");
    }
  }

  private static void checkConstants(ClassModel type, MethodModel method, String remedy)
      throws Rejection {
    if (UnmeantMethods.giveConstants(type, method)) {
      throw new Rejection(
          "it gives the constants of an enum, which are asked for while values are read from Redis. "
              + remedy);
    }
  }

  private static void checkSuspending(MethodModel method, String remedy) throws Rejection {
    for (Type parameter : method.parameters) {
      if (parameter.getClassName().equals("kotlin.coroutines.Continuation")) {
        throw new Rejection("it is a Kotlin suspend function, whose result comes later. " + remedy);
      }
    }
  }

  private static void checkRoom(ClassModel type, MethodModel method) throws Rejection {
    if (Type.getArgumentsAndReturnSizes(method.descriptor) >> 2 > MAX_ARGUMENT_SLOTS) {
      throw new Rejection("it has too many parameters. Pass an object instead.");
    }
    if (method.maxLocals > MAX_SLOTS || method.maxStack > MAX_SLOTS) {
      throw new Rejection(
          "it has so many local variables, or so much on its stack, that the JVM allows no more. Move"
              + " a part of it to another method.");
    }
    if (!CallSiteWriter.canChange(type)) {
      throw new Rejection(
          "its class file is older than Java 7 (version "
              + type.version()
              + "). Compile it for Java 7 or later.");
    }
  }

  private static void checkResult(String result) throws Rejection {
    if (STREAMS.contains(result)) {
      throw new Rejection(
          "it returns " + result + ", which can be read only once. Return a list or an array.");
    }
    if (result.startsWith("java.io.")
        && (result.endsWith("Stream") || result.endsWith("Reader") || result.endsWith("Writer"))) {
      throw new Rejection(
          "it returns " + result + ", which can be read only once. Return bytes or text.");
    }
    if (FUTURES.contains(result)) {
      throw new Rejection(
          "it returns "
              + result
              + ", which does not tell when its value is there. Return a CompletableFuture or a"
              + " CompletionStage, or cache the method that computes the value.");
    }
    if (REACTIVE.contains(result) || result.startsWith("io.reactivex.")) {
      throw new Rejection(
          "it returns the reactive type "
              + result
              + ", which this version does not cache. Cache the blocking method behind it.");
    }
  }
}
