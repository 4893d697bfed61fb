package io.github.rediscached.agent.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rediscached.agent.testing.CompiledClasses;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnkeyableTest {

  private static final String REMEDY = "; give a `key` or mark the parameter @KeyIgnore";
  private static final KeyPlan ONE_OBJECT = ReadableKeyTest.plan(Object.class);

  private static String messageFor(@Nullable Object argument) {
    return messageFor(ONE_OBJECT, argument);
  }

  private static String messageFor(KeyPlan plan, @Nullable Object argument) {
    UnkeyableException e =
        assertThrows(
            UnkeyableException.class, () -> plan.key(null, new @Nullable Object[] {argument}));
    assertEquals(0, e.getStackTrace().length);
    return String.valueOf(e.getMessage());
  }

  record Item(String name, @Nullable InputStream stream) {}

  record Order(List<Item> items) {}

  record Holder(@Nullable Object content) {}

  static final class Node {
    @Nullable Object next;
  }

  static final class OwnException extends RuntimeException {}

  private final Thread thread = Thread.currentThread();

  class Inner {
    Thread enclosing() {
      return thread;
    }
  }

  static Stream<Arguments> unkeyableArguments() {
    String name = UnkeyableTest.class.getName();
    Object anonymous =
        new Object() {
          @Override
          public String toString() {
            return "secret";
          }
        };
    record Local(int number) {}
    return Stream.of(
        Arguments.of(
            new Local(1),
            " is a local class (" + Local.class.getName() + ") in the method unkeyableArguments"),
        Arguments.of(
            Pattern.compile("a(?i)b"),
            " is a java.util.regex.Pattern, which has flags in its text"),
        Arguments.of(new Object(), " is a java.lang.Object"),
        Arguments.of(
            InputStream.nullInputStream(),
            " is a java.io.InputStream$1, which is an AutoCloseable"),
        Arguments.of(
            new ByteArrayInputStream(new byte[0]),
            " is a java.io.ByteArrayInputStream, which is an AutoCloseable"),
        Arguments.of(
            new Order(
                List.of(
                    new Item("a", null), new Item("b", new ByteArrayInputStream(new byte[] {1})))),
            ".items[1].stream is a java.io.ByteArrayInputStream, which is an AutoCloseable"),
        Arguments.of(Map.of("secret", new Object()), "{value} is a java.lang.Object"),
        Arguments.of(Map.of(new Object(), "secret"), "{key} is a java.lang.Object"),
        Arguments.of(Set.of(new Object()), "{element} is a java.lang.Object"),
        Arguments.of(Optional.of(new Object()), "{value} is a java.lang.Object"),
        Arguments.of(new Object[][] {{}, {1, new Object()}}, "[1][1] is a java.lang.Object"),
        Arguments.of(
            List.of().iterator(),
            " is a java.util.ImmutableCollections$ListItr, which is an Iterator"),
        Arguments.of(
            List.of(1).stream(),
            " is a java.util.stream.ReferencePipeline$Head, which is an AutoCloseable"),
        Arguments.of(
            (Supplier<String>) () -> "secret", " is a lambda or another class made at run time"),
        Arguments.of(
            (Supplier<String>) anonymous::toString,
            " is a lambda or another class made at run time"),
        Arguments.of(
            Proxy.newProxyInstance(
                UnkeyableTest.class.getClassLoader(),
                new Class<?>[] {Runnable.class},
                (proxy, method, arguments) -> null),
            " is a proxy"),
        Arguments.of(
            anonymous,
            " is an anonymous class ("
                + anonymous.getClass().getName()
                + ") in the method unkeyableArguments"),
        Arguments.of(Thread.currentThread(), " is a java.lang.Thread"),
        Arguments.of(new ThreadLocal<>(), " is a java.lang.ThreadLocal"),
        Arguments.of(
            new WeakReference<>(1), " is a java.lang.ref.WeakReference, which is a Reference"),
        Arguments.of(
            new ReentrantLock(), " is a java.util.concurrent.locks.ReentrantLock, which is a Lock"),
        Arguments.of(
            CompletableFuture.completedFuture(1),
            " is a java.util.concurrent.CompletableFuture, which is a Future"),
        Arguments.of(new PriorityQueue<>(List.of(1)), " is a java.util.PriorityQueue"),
        Arguments.of(
            new OwnException(),
            " is an " + name + "$OwnException, which extends java.lang.Throwable"),
        Arguments.of(new UnkeyableTest().new Inner(), ".this$0.thread is a java.lang.Thread"));
  }

  @ParameterizedTest
  @MethodSource("unkeyableArguments")
  void theMessageSaysWhereAndWhatAndWhatToDo(Object argument, String problem) {
    assertEquals("argument 0" + problem + REMEDY, messageFor(argument));
  }

  @Test
  void aClassLoaderIsNoPartOfAKey() {
    assertEquals(
        "argument 0 is an " + CompiledClasses.class.getName() + ", which is a ClassLoader" + REMEDY,
        messageFor(CompiledClasses.of("A", "class A {}")));
  }

  static Stream<Arguments> typesOfFrameworks() {
    return Stream.of(
        Arguments.of("jakarta.servlet.http.HttpServletRequest"),
        Arguments.of("javax.servlet.ServletResponse"),
        Arguments.of("org.springframework.web.context.request.WebRequest"),
        Arguments.of("org.springframework.web.server.ServerWebExchange"),
        Arguments.of("org.hibernate.proxy.HibernateProxy"),
        Arguments.of("org.reactivestreams.Publisher"),
        Arguments.of("jakarta.persistence.EntityManager"));
  }

  @ParameterizedTest
  @MethodSource("typesOfFrameworks")
  void objectsOfFrameworksAreRefusedByTheirInterfaces(String type) {
    int dot = type.lastIndexOf('.');
    CompiledClasses classes =
        CompiledClasses.of(
            type,
            "package "
                + type.substring(0, dot)
                + "; public interface "
                + type.substring(dot + 1)
                + " {}",
            "app.Extended",
            "package app; public interface Extended extends " + type + " {}",
            "app.Impl",
            "package app; public class Impl implements Extended { int x = 1; }");

    String simpleName = type.substring(dot + 1);
    String article = "AEIOU".indexOf(simpleName.charAt(0)) >= 0 ? "an " : "a ";
    assertEquals(
        "argument 0 is an app.Impl, which is " + article + simpleName + REMEDY,
        messageFor(classes.create("app.Impl")));
  }

  @Test
  void aLazyCollectionIsReadOnlyWhenItIsLoaded() throws UnkeyableException {
    CompiledClasses classes =
        CompiledClasses.of(
            "org.hibernate.collection.spi.PersistentCollection",
            "package org.hibernate.collection.spi;"
                + " public interface PersistentCollection { boolean wasInitialized(); }",
            "app.Bag",
            """
            package app;
            public class Bag extends java.util.AbstractList<String>
                implements org.hibernate.collection.spi.PersistentCollection {
              private final boolean loaded;
              Bag(boolean loaded) { this.loaded = loaded; }
              public boolean wasInitialized() { return loaded; }
              public int size() { if (!loaded) throw new AssertionError("queried"); return 1; }
              public String get(int i) { return "a"; }
            }
            """);

    assertEquals(
        "argument 0.content is a lazy collection that is not loaded" + REMEDY,
        messageFor(new Holder(classes.create("app.Bag", false))));
    assertEquals(
        ReadableKeyTest.text(ONE_OBJECT.key(null, new Object[] {List.of("a")})),
        ReadableKeyTest.text(ONE_OBJECT.key(null, new Object[] {classes.create("app.Bag", true)})));
  }

  @Test
  void cyclesAreFoundInObjectsCollectionsAndArrays() {
    Node node = new Node();
    node.next = new Holder(node);
    assertEquals("argument 0.next.content contains itself" + REMEDY, messageFor(node));
    List<Object> list = new ArrayList<>();
    list.add(1);
    list.add(list);
    assertEquals("argument 0[1] contains itself" + REMEDY, messageFor(list));
    Object[] array = new Object[1];
    array[0] = array;
    assertEquals("argument 0[0] contains itself" + REMEDY, messageFor(array));
    Map<String, Object> map = new HashMap<>();
    map.put("a", map);
    assertEquals("argument 0{value} contains itself" + REMEDY, messageFor(map));
  }

  private static Node chain(int length) {
    Node first = new Node();
    Node last = first;
    for (int i = 1; i < length; i++) {
      Node next = new Node();
      last.next = next;
      last = next;
    }
    return first;
  }

  @Test
  void deepGraphsAreRefusedBeforeTheStackOverflows() throws UnkeyableException {
    assertEquals(
        "argument 0 is nested more than 200 levels deep" + REMEDY, messageFor(chain(10_000)));
    assertEquals("argument 0 is nested more than 200 levels deep" + REMEDY, messageFor(chain(201)));
    assertEquals(47, ONE_OBJECT.key(null, new Object[] {chain(200)}).length);
  }

  @Test
  void aFullStackMakesNoKeyAndNoError() throws Exception {
    List<String> messages = new ArrayList<>();
    assertEquals(47, ONE_OBJECT.key(null, new Object[] {chain(190)}).length);
    Thread small =
        new Thread(null, () -> messages.add(messageAtEndOfStack()), "small stack", 300_000);
    small.start();
    small.join();

    assertEquals(
        List.of("argument 0 could not be read (java.lang.StackOverflowError)"),
        messages.stream().map(message -> message.replaceAll("(0)[.\\w]*|;.*", "$1")).toList());
  }

  /** Calls itself until a key of a deep graph does not fit into the rest of the stack. */
  @SuppressWarnings("InfiniteRecursion") // That is the point: it ends at the end of the stack.
  private static String messageAtEndOfStack() {
    try {
      String deeper = messageAtEndOfStack();
      if (!deeper.isEmpty()) {
        return deeper;
      }
    } catch (StackOverflowError e) {
      return "";
    }
    try {
      ONE_OBJECT.key(null, new Object[] {chain(190)});
      return "a key was made";
    } catch (UnkeyableException e) {
      return String.valueOf(e.getMessage());
    } catch (StackOverflowError e) {
      return "";
    }
  }

  @Test
  void hugeGraphsAreRefused() {
    String message = "argument 0 makes the key's content larger than 16 MB" + REMEDY;
    assertEquals(message, messageFor(new byte[17 << 20]));
    assertEquals(message, messageFor(new double[3 << 20]));
    assertEquals(message, messageFor("x".repeat(17 << 20)));
    Object shared = "x";
    for (int i = 0; i < 100; i++) {
      shared = List.of(shared, shared);
    }
    assertEquals(message, messageFor(shared));
  }

  @Test
  void endlessCollectionsAreRefused() {
    Collection<Object> endless =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            return "x";
          }

          @Override
          public int size() {
            return Integer.MAX_VALUE;
          }
        };

    assertEquals(
        "argument 0 makes the key's content larger than 16 MB" + REMEDY, messageFor(endless));
  }

  /** A list of the application with an iterator that fails. */
  private static final class Failing extends AbstractList<String> {

    private static Supplier<Throwable> failure = AssertionError::new;

    @Override
    public String get(int index) {
      return "x";
    }

    @Override
    public Iterator<String> iterator() {
      UnkeyableTest.<RuntimeException>sneaky(failure.get());
      return Collections.emptyIterator();
    }

    @Override
    public int size() {
      return 1;
    }
  }

  @SuppressWarnings("unchecked") // To throw what the compiler would not let through.
  private static <T extends Throwable> void sneaky(Throwable throwable) throws T {
    throw (T) throwable;
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("secret"),
        new AssertionError("secret"),
        new Exception("secret"),
        new NoClassDefFoundError("secret"),
        new OutOfMemoryError("secret"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverACollectionThrowsIsNoFailureOfTheCall(Throwable failure) {
    Failing.failure = () -> failure;

    assertEquals(
        "argument 0.content could not be read (" + failure.getClass().getName() + ")" + REMEDY,
        messageFor(new Holder(new Failing())));
  }

  @Test
  void aListThatIsChangedMeanwhileMakesNoKey() {
    List<Object> list = new ArrayList<>();
    Object changing =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            return list.add(index);
          }

          @Override
          public int size() {
            return 1;
          }
        };
    list.addAll(Arrays.asList(changing, 1));

    assertEquals(
        "argument 0[0] could not be read (java.util.ConcurrentModificationException)" + REMEDY,
        messageFor(list));
  }

  record NotOpened(int x) {}

  @Test
  void aClassWhoseFieldsCannotBeOpenedIsRefusedEveryTime() {
    KeyPlan plan =
        new KeyPlan(
            "shop",
            "products",
            List.of(Object.class),
            new int[] {0},
            null,
            type -> {
              throw new IllegalStateException("module " + type);
            });
    String expected =
        "argument 0 is an object of "
            + NotOpened.class.getName()
            + ", of which the fields can't be read (java.lang.IllegalStateException)"
            + REMEDY;

    assertEquals(expected, messageFor(plan, new NotOpened(1)));
    assertEquals(expected, messageFor(plan, new NotOpened(1)));
  }

  @Test
  void theOpenerSeesEachClassWhoseFieldsAreRead() throws UnkeyableException {
    List<Class<?>> opened = new ArrayList<>();
    CompiledClasses classes =
        CompiledClasses.of(
            "app.Base",
            "package app; class Base { private int x = 1; }",
            "app.Derived",
            "package app; class Derived extends Base { private int y = 2; private String z; }");
    KeyPlan plan =
        new KeyPlan("shop", "products", List.of(Object.class), new int[] {0}, null, opened::add);
    Object[] arguments = {classes.create("app.Derived")};

    assertEquals(47, plan.key(null, arguments).length);
    assertEquals(47, plan.key(null, arguments).length);
    assertEquals(
        List.of("app.Base", "app.Derived"), opened.stream().map(Class::getName).sorted().toList());
  }

  record Tenant(Object connection) {}

  @Test
  void messagesNameTheReceiverAndTheExplicitKeyAsSuch() {
    KeyPlan plan = new KeyPlan("shop", "products", List.of(), new int[0], Tenant.class, type -> {});
    UnkeyableException receiver =
        assertThrows(
            UnkeyableException.class,
            () -> plan.key(new Tenant(Thread.currentThread()), new Object[0]));
    assertEquals(
        "the receiver.connection is a "
            + Thread.currentThread().getClass().getName()
            + "; give a `key`",
        receiver.getMessage());
    UnkeyableException key =
        assertThrows(UnkeyableException.class, () -> plan.keyOf(List.of(new Object())));
    assertEquals(
        "the value of `key`[0] is a java.lang.Object; let `key` yield text or a number",
        key.getMessage());
  }
}
