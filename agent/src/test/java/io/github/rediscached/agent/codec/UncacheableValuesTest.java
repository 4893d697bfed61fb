package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What can't be cached is refused with a sentence that says what it is, where, and what to do. */
@SuppressWarnings("unused") // Fields are read by the codec.
class UncacheableValuesTest {

  private static final String REMEDY = ". Return plain data instead.";

  static final class Order {
    final List<Line> lines = new ArrayList<>();
  }

  static final class Line {
    final @Nullable Object source;

    Line(@Nullable Object source) {
      this.source = source;
    }
  }

  static final class Settings extends java.util.Properties {
    private static final long serialVersionUID = 1L;
  }

  static final class Replaced implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable Object writeReplace() {
      return null;
    }
  }

  static final class Connection implements Closeable {
    @Override
    public void close() {}
  }

  record Link(List<Object> back) {}

  private record Case(String reason, Object value) {}

  @TestFactory
  Stream<DynamicTest> refusalsSayWhatAndWhy() {
    String self = UncacheableValuesTest.class.getName() + "$";
    String noSerializer = ", a class of the JDK that has no serializer" + REMEDY;
    Runnable lambda = () -> {};
    return Stream.of(
            new Case("a java.lang.Object" + noSerializer, new Object()),
            new Case(
                "a java.io.ByteArrayInputStream, which is an AutoCloseable and so no lasting value"
                    + REMEDY,
                new ByteArrayInputStream(new byte[0])),
            new Case(
                "a java.lang.Thread, which is a Thread and so no lasting value" + REMEDY,
                new Thread()),
            new Case(
                "a java.net.URLClassLoader, which is an AutoCloseable and so no lasting value"
                    + REMEDY,
                new URLClassLoader(new java.net.URL[0])),
            new Case(
                "a java.util.concurrent.CompletableFuture, which is a Future and so no lasting value"
                    + REMEDY,
                CompletableFuture.completedFuture(1)),
            new Case(
                "a java.util.concurrent.locks.ReentrantLock, which is a Lock and so no lasting value"
                    + REMEDY,
                new ReentrantLock()),
            new Case(
                "a java.lang.ref.WeakReference, which is a Reference and so no lasting value"
                    + REMEDY,
                new WeakReference<>("")),
            new Case("a java.util.IdentityHashMap" + noSerializer, new IdentityHashMap<>()),
            new Case("a java.util.WeakHashMap" + noSerializer, new WeakHashMap<>()),
            new Case(
                "a java.util.IdentityHashMap$KeySet" + noSerializer,
                new IdentityHashMap<>().keySet()),
            new Case("a java.util.Random" + noSerializer, new java.util.Random(1)),
            new Case(
                "a java.text.SimpleDateFormat" + noSerializer,
                new java.text.SimpleDateFormat("yyyy", java.util.Locale.ROOT)),
            new Case(
                "a "
                    + self
                    + "Settings, which extends java.util.Properties and so holds what only"
                    + " that class can write. Hold such an object in a field rather than extend its"
                    + " class.",
                new Settings()),
            new Case(
                "a "
                    + self
                    + "Replaced, whose method writeReplace gives what can't be read back"
                    + REMEDY,
                new Replaced()),
            new Case(
                "a "
                    + self
                    + "Connection, which is an AutoCloseable and so no lasting value"
                    + REMEDY,
                new Connection()),
            new Case(
                "a "
                    + lambda.getClass().getTypeName()
                    + ", a lambda or a proxy made at run time"
                    + REMEDY,
                lambda))
        .map(c -> DynamicTest.dynamicTest(c.value.getClass().getName(), () -> check(c)));
  }

  private static void check(Case c) {
    assertEquals(
        "The value holds at " + c.value.getClass().getSimpleName() + " " + c.reason,
        refusal(c.value));
    Order order = new Order();
    order.lines.add(new Line(1));
    order.lines.add(new Line(c.value));
    assertEquals("The value holds at Order.lines[].source " + c.reason, refusal(order));
  }

  @Test
  void streamsIteratorsAndProxiesAreRefused() {
    Iterator<Integer> iterator = List.of(1).iterator();
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Runnable.class},
            (self, method, arguments) -> null);
    for (Object value :
        new Object[] {
          Stream.of(1), iterator, proxy, new InputStream[] {InputStream.nullInputStream()}
        }) {
      refusal(value);
    }
  }

  @Test
  void comparatorThatIsALambdaIsRefused() {
    Comparator<String> comparator = Comparator.comparing(String::length);
    Set<String> set = new TreeSet<>(comparator);
    set.add("a");
    assertEquals(
        "The value holds at TreeSet.comparator() a "
            + comparator.getClass().getTypeName()
            + ", a lambda or a proxy made at run time"
            + REMEDY,
        refusal(set));
  }

  @Test
  void cycleThroughARecordIsRefused() {
    List<Object> list = new ArrayList<>();
    Link link = new Link(list);
    list.add(link);
    assertEquals(
        "The value holds at Link.back[] a "
            + Link.class.getName()
            + ", which is part of a cycle of references though it is immutable. Break the cycle, or"
            + " return an object that does not hold its holder.",
        refusal(link));
  }

  @Test
  void setWithinARecordWhoseElementsLeadBackIsRefused() {
    List<Object> root = new ArrayList<>();
    Set<Object> members = new HashSet<>();
    members.add(root);
    root.add(new Box(members));
    assertEquals(
        "The value holds at ArrayList[].content a java.util.HashSet, of which an element leads back"
            + " to an object that holds it and that is immutable. Break the cycle, or return an"
            + " object that does not hold its holder.",
        refusal(root));
  }

  record Box(Set<Object> content) {}

  @Test
  void codecGoesOnWorkingAfterARefusal() throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    for (int i = 0; i < 100; i++) {
      assertThrows(
          UncacheableValueException.class,
          () -> Codecs.write(format, List.of(new Line(1), new Line(new Object()))));
      assertEquals(List.of(i), Codecs.read(format, Codecs.write(format, List.of(i))));
    }
  }

  private static String refusal(Object value) {
    UncacheableValueException refused =
        assertThrows(
            UncacheableValueException.class,
            () -> Codecs.write(Codecs.formatOf(Object.class), value),
            value.getClass().getName());
    assertEquals(UncacheableValueException.Kind.UNSUPPORTED, refused.kind());
    return refused.getMessage();
  }
}
