package io.github.rediscached.benchmarks.hit;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;

/** Kryo as its documentation recommends for several threads: in its own pool. */
final class KryoPool {

  private static final int BUFFER_BYTES = 1024;

  private final Pool<Kryo> kryos;

  private KryoPool(boolean registered) {
    kryos =
        new Pool<>(true, false) {
          @Override
          protected Kryo create() {
            return registered ? newRegistered() : newWithNames();
          }
        };
  }

  /**
   * The fastest way: numbers for classes, which must then be the same everywhere, no references.
   */
  static KryoPool registered() {
    return new KryoPool(true);
  }

  /** The convenient way: any class, by its name, and shared references kept. */
  static KryoPool withNames() {
    return new KryoPool(false);
  }

  byte[] write(Order order) {
    Kryo kryo = kryos.obtain();
    try {
      Output output = new Output(BUFFER_BYTES, -1);
      kryo.writeClassAndObject(output, order);
      return output.toBytes();
    } finally {
      kryos.free(kryo);
    }
  }

  Order read(byte[] bytes) {
    Kryo kryo = kryos.obtain();
    try {
      return (Order) kryo.readClassAndObject(new Input(bytes));
    } finally {
      kryos.free(kryo);
    }
  }

  private static Kryo newRegistered() {
    Kryo kryo = new Kryo();
    kryo.register(Order.class);
    kryo.register(Order.Status.class);
    kryo.register(Customer.class);
    kryo.register(Address.class);
    kryo.register(OrderLine.class);
    kryo.register(ArrayList.class);
    kryo.register(BigDecimal.class);
    kryo.register(Instant.class);
    return kryo;
  }

  private static Kryo newWithNames() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(false);
    kryo.setReferences(true);
    return kryo;
  }
}
