package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The JDK's blocking queues, with their capacity. */
final class QueueSerializer extends ValueSerializer implements KeyedSerializer {

  /** Which one; the order is part of the format. */
  enum Type {
    LINKED,
    LINKED_DEQUE,
    ARRAY,
    TRANSFER,
    PRIORITY
  }

  private static final JdkField LOCK = new JdkField(ArrayBlockingQueue.class, "lock");

  private final Type queueType;

  QueueSerializer(Type queueType) {
    super(Identity.EARLY);
    this.queueType = queueType;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    BlockingQueue<?> queue = (BlockingQueue<?>) value;
    if (queueType == Type.PRIORITY) {
      writer.write(((PriorityBlockingQueue<?>) value).comparator(), ".comparator()");
    } else if (queueType == Type.ARRAY) {
      writer.out.writeBoolean(isFair(LOCK.get(writer.opener(), value)));
    }
    // At once: others may take from it meanwhile.
    Object[] elements = queue.toArray();
    int free = Math.max(0, capacityOf(queue) - elements.length);
    if (queueType == Type.ARRAY) {
      // Each free place takes a byte, as an element does: a reader makes room for no more than it
      // has bytes.
      writer.writeLength(free);
      for (int i = 0; i < free; i++) {
        writer.out.writeByte(0);
      }
    } else {
      writer.out.writeVarInt(free, true);
    }
    int mark = writer.progress().mark();
    writer.writeElements(elements);
    if (queueType == Type.PRIORITY) {
      writer.endKeyed(mark, value);
    }
  }

  private static boolean isFair(@Nullable Object lock) {
    return lock instanceof ReentrantLock known && known.isFair();
  }

  /** Of one that grows without bound, the largest there is. */
  private static int capacityOf(BlockingQueue<?> queue) {
    return (int) Math.min(Integer.MAX_VALUE, (long) queue.size() + queue.remainingCapacity());
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Comparator<@Nullable Object> comparator =
        queueType == Type.PRIORITY ? CollectionSerializer.comparator(reader.read()) : null;
    boolean fair = queueType == Type.ARRAY && reader.in.readBoolean();
    int free;
    if (queueType == Type.ARRAY) {
      free = reader.readLength();
      reader.in.skip(free);
    } else {
      free = reader.in.readVarInt(true);
    }
    int mark = reader.progress().mark();
    int length = reader.readLength();
    Collection<@Nullable Object> queue = create(free + length, length, fair, comparator);
    reader.place(queue);
    @Nullable Object[] elements = reader.readElements(length);
    if (queueType == Type.PRIORITY) {
      reader.fill(this, queue, elements, mark);
    } else {
      fill(queue, elements);
    }
    return queue;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return capacityOf((BlockingQueue<?>) written) == capacityOf((BlockingQueue<?>) read)
        && comparison.sameInOrder(
            written, ((Collection<?>) written).toArray(), ((Collection<?>) read).toArray());
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    BlockingQueue<?> queue = (BlockingQueue<?>) value;
    @Nullable Object[] elements = queue.toArray();
    copier.copyEach(elements);
    Object comparator =
        value instanceof PriorityBlockingQueue<?> sorted ? copier.copy(sorted.comparator()) : null;
    Collection<@Nullable Object> copy =
        create(
            capacityOf(queue),
            elements.length,
            queueType == Type.ARRAY && isFair(LOCK.get(copier.opener(), value)),
            CollectionSerializer.comparator(comparator));
    fill(copy, elements);
    return copy;
  }

  private Collection<@Nullable Object> create(
      int capacity, int length, boolean fair, @Nullable Comparator<@Nullable Object> comparator) {
    return switch (queueType) {
      case LINKED -> new LinkedBlockingQueue<>(capacity);
      case LINKED_DEQUE -> new LinkedBlockingDeque<>(capacity);
      case ARRAY -> new ArrayBlockingQueue<>(capacity, fair);
      case TRANSFER -> new LinkedTransferQueue<>();
      case PRIORITY -> new PriorityBlockingQueue<>(Math.max(1, length), comparator);
    };
  }

  /** A queue hashes nothing, so it finds what is in it. */
  @Override
  public boolean isWhole(Object queue, @Nullable Object[] elements) {
    return true;
  }

  @Override
  public void clear(Object queue) {
    ((Collection<?>) queue).clear();
  }

  @Override
  @SuppressWarnings("unchecked")
  public void fill(Object queue, @Nullable Object[] elements) {
    ((Collection<@Nullable Object>) queue).addAll(Arrays.asList(elements));
  }
}
