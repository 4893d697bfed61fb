package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Opener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The JDK's blocking queues, with their capacity. */
final class QueueSerializer extends ElementsSerializer {

  /** Which one. {@link BuiltIns} numbers them in this order, which is part of the format. */
  enum Type {
    LINKED(LinkedBlockingQueue.class),
    LINKED_DEQUE(LinkedBlockingDeque.class),
    ARRAY(ArrayBlockingQueue.class),
    TRANSFER(LinkedTransferQueue.class),
    PRIORITY(PriorityBlockingQueue.class);

    final Class<?> type;

    Type(Class<?> type) {
      this.type = type;
    }
  }

  /**
   * What a queue is created with.
   *
   * @param free how many elements it can take besides those that it has
   * @param with fairness or comparator
   */
  private record Frame(int free, @Nullable Object with) {}

  private static final JdkField LOCK = new JdkField(ArrayBlockingQueue.class, "lock");

  private final Type type;

  QueueSerializer(Type type) {
    super(
        Identity.EARLY,
        false,
        type == Type.PRIORITY ? Order.KEYED_IN_ORDER : Order.LISTED,
        type == Type.PRIORITY ? Extra.COMPARATOR : Extra.NONE);
    this.type = type;
  }

  @Override
  boolean hashesParts() {
    return false;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    extra.write(writer, value);
    if (type == Type.ARRAY) {
      writer.out.writeBoolean(isFair(writer.opener, value));
    }
    // At once: others may take from it meanwhile.
    @Nullable Object[] elements = elementsOf(value);
    int free = Math.max(0, capacityOf(value) - elements.length);
    if (type == Type.ARRAY) {
      // Each free place takes a byte, as an element does: a reader makes room for no more than it
      // has bytes.
      writer.writeLength(free);
      for (int i = 0; i < free; i++) {
        writer.out.writeByte(0);
      }
    } else {
      writer.out.writeVarInt(free, true);
    }
    int mark = writer.progress.mark();
    writer.writeElements(elements);
    if (isKeyed()) {
      writer.endKeyed(mark, value);
    }
  }

  private static boolean isFair(Opener opener, Object queue) {
    return LOCK.get(opener, queue) instanceof ReentrantLock lock && lock.isFair();
  }

  /** Of one that grows without bound, the largest there is. */
  private static int capacityOf(Object value) {
    BlockingQueue<?> queue = (BlockingQueue<?>) value;
    return (int) Math.min(Integer.MAX_VALUE, (long) queue.size() + queue.remainingCapacity());
  }

  @Override
  Object readExtra(GraphReader reader) {
    if (type != Type.ARRAY) {
      Object comparator = extra.read(reader);
      return new Frame(reader.in.readVarInt(true), comparator);
    }
    boolean fair = reader.in.readBoolean();
    int free = reader.readLength();
    reader.in.skip(free);
    return new Frame(free, fair);
  }

  @Override
  Object copyExtra(GraphCopier copier, Object value) {
    int free = capacityOf(value) - ((BlockingQueue<?>) value).size();
    return new Frame(
        free, type == Type.ARRAY ? isFair(copier.opener, value) : extra.copy(copier, value));
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return capacityOf(written) == capacityOf(read) && super.isSame(comparison, written, read);
  }

  @Override
  Object create(Class<?> ignored, int length, @Nullable Object with) {
    if (!(with instanceof Frame frame)) {
      throw new IllegalStateException();
    }
    int capacity = frame.free + length;
    return switch (type) {
      case LINKED -> new LinkedBlockingQueue<>(capacity);
      case LINKED_DEQUE -> new LinkedBlockingDeque<>(capacity);
      case ARRAY -> new ArrayBlockingQueue<>(capacity, Boolean.TRUE.equals(frame.with));
      case TRANSFER -> new LinkedTransferQueue<>();
      case PRIORITY ->
          new PriorityBlockingQueue<>(Math.max(1, length), Extra.asComparator(frame.with));
    };
  }
}
