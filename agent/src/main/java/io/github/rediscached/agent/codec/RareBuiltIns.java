package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.LongSummaryStatistics;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link BuiltIns} with the JDK's types that few methods return, in an order that is
 * part of the format.
 */
final class RareBuiltIns {

  private static final @Nullable Class<?> CALENDAR =
      BuiltIns.nested(XmlSerializer.Type.CALENDAR.className);
  private static final @Nullable Class<?> DURATION =
      BuiltIns.nested(XmlSerializer.Type.DURATION.className);

  private RareBuiltIns() {}

  /** Where they go. */
  interface Table {
    void add(Serializer<?> serializer, @Nullable Class<?>... classes);
  }

  static void addTo(Table table) {
    statistics(table, StatisticsSerializer.Type.INTS, IntSummaryStatistics.class);
    statistics(table, StatisticsSerializer.Type.LONGS, LongSummaryStatistics.class);
    statistics(table, StatisticsSerializer.Type.DOUBLES, DoubleSummaryStatistics.class);
    statistics(table, StatisticsSerializer.Type.LONG_SUM, LongAdder.class);
    statistics(table, StatisticsSerializer.Type.DOUBLE_SUM, DoubleAdder.class);
    table.add(new ByteBufferSerializer(), ByteBuffer.class);
    table.add(new PublicKeySerializer(false), PublicKey.class);
    table.add(new PublicKeySerializer(true), X509Certificate.class);
    table.add(new ReferenceArraySerializer(), AtomicReferenceArray.class);
    queue(table, QueueSerializer.Type.LINKED, LinkedBlockingQueue.class);
    queue(table, QueueSerializer.Type.LINKED_DEQUE, LinkedBlockingDeque.class);
    queue(table, QueueSerializer.Type.ARRAY, ArrayBlockingQueue.class);
    queue(table, QueueSerializer.Type.TRANSFER, LinkedTransferQueue.class);
    queue(table, QueueSerializer.Type.PRIORITY, PriorityBlockingQueue.class);
    // The module java.xml need not be there.
    for (XmlSerializer.Type type : XmlSerializer.Type.values()) {
      table.add(new XmlSerializer(type), BuiltIns.nested(type.className));
    }
  }

  private static void statistics(Table table, StatisticsSerializer.Type type, Class<?> of) {
    table.add(new StatisticsSerializer(type), of);
  }

  private static void queue(Table table, QueueSerializer.Type type, Class<?> of) {
    table.add(new QueueSerializer(type), of);
  }

  /** The type that stands for one of the JDK's private classes, or null. */
  static @Nullable Class<?> typeOf(Class<?> type) {
    if (ByteBuffer.class.isAssignableFrom(type)) {
      return ByteBuffer.class;
    }
    if (CALENDAR != null && CALENDAR.isAssignableFrom(type)) {
      return CALENDAR;
    }
    if (DURATION != null && DURATION.isAssignableFrom(type)) {
      return DURATION;
    }
    return PublicKeySerializer.typeOf(type);
  }
}
