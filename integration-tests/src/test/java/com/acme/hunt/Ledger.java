package com.acme.hunt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The source of truth, a file that all JVMs map: of each item the version that it has, and the
 * version that each call must see that starts now.
 */
public final class Ledger {

  /** Items of each kind. */
  public static final int ITEMS = 50;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int PROMISES = Kind.values().length * ITEMS;

  private final ByteBuffer longs;

  private Ledger(ByteBuffer longs) {
    this.longs = longs;
  }

  /** Maps the file; makes it if it is missing. */
  public static Ledger map(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Ledger(channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * PROMISES * Long.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long version(Kind kind, int id) {
    return (long) LONGS.getVolatile(longs, place(kind, id));
  }

  /** Changes an item; returns its new version. */
  long change(Kind kind, int id) {
    return (long) LONGS.getAndAdd(longs, place(kind, id), 1L) + 1;
  }

  long promised(Kind kind, int id) {
    return (long) LONGS.getVolatile(longs, promise(kind, id));
  }

  /** From now on each call in any JVM must see this version or a later one. */
  void promise(Kind kind, int id, long version) {
    int promise = promise(kind, id);
    for (long seen = promised(kind, id); seen < version; seen = promised(kind, id)) {
      if (LONGS.compareAndSet(longs, promise, seen, version)) {
        return;
      }
    }
  }

  private static int place(Kind kind, int id) {
    return (kind.ordinal() * ITEMS + id) * Long.BYTES;
  }

  private static int promise(Kind kind, int id) {
    return PROMISES * Long.BYTES + place(kind, id);
  }
}
