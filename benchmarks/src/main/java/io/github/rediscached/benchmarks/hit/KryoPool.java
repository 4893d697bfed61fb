package io.github.rediscached.benchmarks.hit;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;

/** Kryo as its documentation recommends for several threads: in its own pool. */
public final class KryoPool {

  private static final int BUFFER_BYTES = 1024;

  private final Pool<Kryo> kryos;

  private KryoPool(boolean registered, Class<?>... more) {
    kryos =
        new Pool<>(true, false) {
          @Override
          protected Kryo create() {
            return registered ? newRegistered(more) : newWithNames();
          }
        };
  }

  /**
   * The fastest way: numbers for classes, which must then be the same everywhere, no references.
   *
   * @param more classes than those of an order
   */
  public static KryoPool registered(Class<?>... more) {
    return new KryoPool(true, more);
  }

  /** The convenient way: any class, by its name, and shared references kept. */
  static KryoPool withNames() {
    return new KryoPool(false);
  }

  public byte[] write(Object value) {
    Kryo kryo = kryos.obtain();
    try {
      Output output = new Output(BUFFER_BYTES, -1);
      kryo.writeClassAndObject(output, value);
      return output.toBytes();
    } finally {
      kryos.free(kryo);
    }
  }

  public Object read(byte[] bytes) {
    Kryo kryo = kryos.obtain();
    try {
      return kryo.readClassAndObject(new Input(bytes));
    } finally {
      kryos.free(kryo);
    }
  }

  private static Kryo newRegistered(Class<?>... more) {
    Kryo kryo = new Kryo();
    kryo.register(Order.class);
    kryo.register(Order.Status.class);
    kryo.register(Customer.class);
    kryo.register(Address.class);
    kryo.register(OrderLine.class);
    kryo.register(ArrayList.class);
    kryo.register(BigDecimal.class);
    kryo.register(Instant.class);
    for (Class<?> type : more) {
      kryo.register(type);
    }
    return kryo;
  }

  private static Kryo newWithNames() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(false);
    kryo.setReferences(true);
    return kryo;
  }
}
