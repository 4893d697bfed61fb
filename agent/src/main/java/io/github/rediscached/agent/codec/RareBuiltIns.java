package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.DoubleSummaryStatistics;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link BuiltIns} with the JDK's types that few methods return, in an order that is
 * part of the format.
 */
final class RareBuiltIns {

  private RareBuiltIns() {}

  /** Where they go. */
  interface Table {
    void add(Serializer<?> serializer, @Nullable Class<?>... classes);
  }

  static void addTo(Table table) {
    table.add(new DoubleStatisticsSerializer(), DoubleSummaryStatistics.class);
    table.add(new PublicKeySerializer(false), PublicKey.class);
    table.add(new PublicKeySerializer(true), X509Certificate.class);
    table.add(new ReferenceArraySerializer(), AtomicReferenceArray.class);
    queue(table, QueueSerializer.Type.LINKED, LinkedBlockingQueue.class);
    queue(table, QueueSerializer.Type.LINKED_DEQUE, LinkedBlockingDeque.class);
    queue(table, QueueSerializer.Type.ARRAY, ArrayBlockingQueue.class);
    queue(table, QueueSerializer.Type.TRANSFER, LinkedTransferQueue.class);
    queue(table, QueueSerializer.Type.PRIORITY, PriorityBlockingQueue.class);
  }

  private static void queue(Table table, QueueSerializer.Type type, Class<?> of) {
    table.add(new QueueSerializer(type), of);
  }

  /** The type that stands for one of the JDK's private classes, or null. */
  static @Nullable Class<?> typeOf(Class<?> type) {
    return PublicKeySerializer.typeOf(type);
  }
}
