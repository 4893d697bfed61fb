package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields that Java's serialisation would leave out. */
class TransientStateTest {

  static final class Invoice {
    final List<Long> cents;
    final transient long total;
    private final transient int hash;

    Invoice(List<Long> cents) {
      this.cents = cents;
      this.total = cents.stream().mapToLong(c -> c).sum();
      this.hash = Objects.hash(cents);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Invoice invoice
          && invoice.hash == hash
          && invoice.cents.equals(cents);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  static class Aggregate {
    private final transient List<Object> events = new ArrayList<>();
    transient @Nullable String note;

    void register(Object event) {
      events.add(event);
    }

    void setNote(String note) {
      this.note = note;
    }
  }

  static class Locked {
    int seats = 3;
    private final transient ReentrantLock lock = new ReentrantLock();

    int take() {
      lock.lock();
      try {
        return --seats;
      } finally {
        lock.unlock();
      }
    }
  }

  static class Person {
    final String name = "ann";
    private transient @Nullable String greeting;

    String greeting() {
      if (greeting == null) {
        greeting = "Hello " + name;
      }
      return greeting;
    }
  }

  static final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1L;
    transient @Nullable Runnable handler = () -> {};
  }

  @Test
  void derivedFieldsComeBack() throws Exception {
    Invoice invoice = new Invoice(List.of(250L, 499L));
    Invoice back = copy(invoice);
    assertEquals(749, back.total);
    assertEquals(invoice, back);
  }

  @Test
  void whatMethodsFillComesBack() throws Exception {
    Aggregate aggregate = new Aggregate();
    aggregate.setNote("n");
    Aggregate back = copy(aggregate);
    back.register("confirmed");
    assertEquals(List.of("confirmed"), back.events);
    assertEquals("n", back.note);
  }

  @Test
  void whatCanNotBeWrittenIsRefusedByItsName() {
    UncacheableValueException refused =
        assertThrows(
            UncacheableValueException.class,
            () -> Codecs.write(Codecs.formatOf(Object.class), new Locked()));
    assertTrue(refused.getMessage().contains("Locked.lock a java.util.concurrent.locks.Reentrant"));
    assertTrue(!refused.getMessage().contains("transient"), refused.getMessage());
  }

  @Test
  void whatIsComputedOnDemandIsComputedAnew() throws Exception {
    Person person = new Person();
    assertEquals("Hello ann", person.greeting());
    Person back = copy(person);
    assertEquals(null, back.greeting);
    assertEquals("Hello ann", back.greeting());
  }

  @Test
  void exceptionsLeaveThemOut() throws Exception {
    assertEquals(null, copy(new Rejected()).handler);
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T value) throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class, RuntimeException.class);
    return (T) Objects.requireNonNull(Codecs.read(format, Codecs.write(format, value)));
  }
}
