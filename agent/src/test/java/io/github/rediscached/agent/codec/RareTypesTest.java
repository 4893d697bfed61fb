package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.datatype.DatatypeConstants;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The JDK's types that few methods return: read and copied alike. */
class RareTypesTest {

  private static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBNjCB3qADAgECAgkA8vtgIrJK3OcwCgYIKoZIzj0EAwIwDzENMAsGA1UEAxME
      dGVzdDAgFw0yNjExMzAxMjEyMzJaGA8yMTI2MTEwNjEyMTIzMlowDzENMAsGA1UE
      AxMEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOft0i2uBrja6qGkledS
      +Eqv36OH8l/03SZd9Xk/+hKKZLYv5HaXSw3psOFo0rUMpIhRyvEE+0YrgiSGG6iJ
      aFCjITAfMB0GA1UdDgQWBBT7CiT5DPrc7U17IV3N2e8PrI7M8zAKBggqhkjOPQQD
      AgNHADBEAiAdUoTdaAMAxMpOHZmQq/AdB8260pJlvz4lXkj9WT5vgwIgXDAI6kfU
      MIYIP3QTkH/gJ0Mr8bl/bzfeKS+KyVH71is=
      -----END CERTIFICATE-----
      """;

  @TestFactory
  Stream<DynamicTest> valuesOfXmlComeBack() {
    DatatypeFactory factory = DatatypeFactory.newDefaultInstance();
    return Stream.of(
            "2026-02-28T23:59:58.120Z",
            "2026-02-28T23:59:58+14:00",
            "-0044-03-15",
            "--02-29",
            "---31",
            "12:00:00.5",
            "2026",
            "12345678901-01-01T00:00:00")
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text,
                    () -> {
                      XMLGregorianCalendar date = factory.newXMLGregorianCalendar(text);
                      for (Object back : bothOf(date)) {
                        XMLGregorianCalendar other = (XMLGregorianCalendar) back;
                        assertNotSame(date, other);
                        assertEquals(date, other);
                        assertEquals(text, other.toXMLFormat());
                        assertEquals(date.getFractionalSecond(), other.getFractionalSecond());
                        assertEquals(date.getEon(), other.getEon());
                        assertEquals(date.getTimezone(), other.getTimezone());
                        other.setDay(1);
                        other.reset();
                        assertEquals(text, other.toXMLFormat());
                      }
                    }));
  }

  @Test
  void calendarWithoutAnyPartAndImpossibleOne() throws Exception {
    XMLGregorianCalendar calendar = DatatypeFactory.newDefaultInstance().newXMLGregorianCalendar();
    assertNull(((XMLGregorianCalendar) read(calendar)).getEonAndYear());
    calendar.setFractionalSecond(BigDecimal.ZERO);
    assertEquals(BigDecimal.ZERO, ((XMLGregorianCalendar) read(calendar)).getFractionalSecond());
    calendar.setMonth(DatatypeConstants.FEBRUARY);
    calendar.setDay(30);
    assertThrows(UncacheableValueException.class, () -> read(calendar));
  }

  @Test
  void durationsAndNamesComeBack() throws Exception {
    DatatypeFactory factory = DatatypeFactory.newDefaultInstance();
    for (Object duration :
        List.of(
            factory.newDuration("-P1Y2M3DT4H5M6.700S"),
            factory.newDuration("PT0S"),
            factory.newDuration(1234567L),
            factory.newDurationDayTime(true, 1, 2, 3, 4),
            factory.newDurationYearMonth(false, 1, 2),
            factory.newDuration(
                true, BigInteger.ONE, null, null, null, null, new BigDecimal("0.10")))) {
      assertEquals(duration, read(duration));
      assertEquals(duration.toString(), read(duration).toString());
      assertSame(duration, copy(duration));
    }
    QName name = new QName("urn:a", "b", "c");
    QName back = (QName) read(name);
    assertEquals(name, back);
    assertEquals("c", back.getPrefix());
  }

  @Test
  void statisticsGoOnAsIfTheyHadNotBeenWritten() throws Exception {
    IntSummaryStatistics ints = new IntSummaryStatistics();
    assertEquals(ints.toString(), read(ints).toString());
    ints.accept(-3);
    ints.accept(Integer.MAX_VALUE);
    LongSummaryStatistics longs = new LongSummaryStatistics();
    longs.accept(Long.MIN_VALUE);
    for (Object value : List.of(ints, longs, new LongSummaryStatistics())) {
      for (Object back : bothOf(value)) {
        assertEquals(value.toString(), back.toString());
      }
    }
    DoubleSummaryStatistics doubles = DoubleStream.of(0.1, 0.2, 0.3, 1e17).summaryStatistics();
    List<Object> same = bothOf(doubles);
    for (double next : new double[] {0.7, 1e-9, -1e17}) {
      doubles.accept(next);
    }
    for (Object back : same) {
      for (double next : new double[] {0.7, 1e-9, -1e17}) {
        ((DoubleSummaryStatistics) back).accept(next);
      }
      assertEquals(doubles.getSum(), ((DoubleSummaryStatistics) back).getSum());
      assertEquals(doubles.toString(), back.toString());
    }
    DoubleSummaryStatistics none = DoubleStream.of(1, Double.NaN).summaryStatistics();
    assertEquals(none.toString(), read(none).toString());
  }

  @Test
  void adders() throws Exception {
    LongAdder longs = new LongAdder();
    longs.add(-7);
    DoubleAdder doubles = new DoubleAdder();
    doubles.add(1.5);
    for (Object back : bothOf(longs)) {
      assertEquals(-7, ((LongAdder) back).sum());
    }
    for (Object back : bothOf(doubles)) {
      assertEquals(1.5, ((DoubleAdder) back).sum());
    }
  }

  @Test
  void byteBuffers() throws Exception {
    ByteBuffer whole = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}).position(1).limit(5);
    ByteBuffer direct = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
    direct.putInt(7).flip();
    for (ByteBuffer buffer : List.of(whole, whole.slice(), whole.asReadOnlyBuffer(), direct)) {
      int position = buffer.position();
      for (Object value : bothOf(buffer)) {
        ByteBuffer back = (ByteBuffer) value;
        assertEquals(buffer, back);
        assertEquals(buffer.position(), back.position());
        assertEquals(buffer.limit(), back.limit());
        assertEquals(buffer.capacity(), back.capacity());
        assertEquals(buffer.order(), back.order());
        assertEquals(buffer.isReadOnly(), back.isReadOnly());
        assertFalse(back.isDirect());
      }
      assertEquals(position, buffer.position());
    }
    ByteBuffer back = (ByteBuffer) read(whole);
    back.put(1, (byte) 9);
    assertEquals(2, whole.get(1));
    assertEquals(ByteBuffer.wrap(new byte[] {1, 9, 3, 4, 5, 6}), back.clear());
  }

  @TestFactory
  Stream<DynamicTest> publicKeysComeBack() {
    return Stream.of("RSA", "RSASSA-PSS", "DSA", "EC", "EdDSA", "X25519", "DH")
        .map(
            algorithm ->
                DynamicTest.dynamicTest(
                    algorithm,
                    () -> {
                      KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
                      PublicKey key = pair.getPublic();
                      assertEquals(key, read(key));
                      assertEquals(key.getClass(), read(key).getClass());
                      assertSame(key, copy(key));
                      for (Object secret : List.of(pair, pair.getPrivate())) {
                        assertTrue(
                            refusal(secret)
                                .endsWith(
                                    ", which is a secret and does not belong into Redis. Do not"
                                        + " cache this method."));
                      }
                    }));
  }

  @Test
  void secretKeysAreRefused() {
    assertEquals(
        "The value holds at [] a javax.crypto.spec.SecretKeySpec, which is a secret and does not"
            + " belong into Redis. Do not cache this method.",
        refusal(List.of(new SecretKeySpec(new byte[16], "AES"))).replace("List12", ""));
  }

  @Test
  void certificatesComeBack() throws Exception {
    Object certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(CERTIFICATE.getBytes(StandardCharsets.US_ASCII)));
    assertEquals(certificate, read(certificate));
  }

  @TestFactory
  Stream<DynamicTest> queuesComeBackWithTheirCapacity() {
    List<BlockingQueue<Integer>> queues =
        List.of(
            new LinkedBlockingQueue<>(),
            new LinkedBlockingQueue<>(5),
            new LinkedBlockingDeque<>(6),
            new ArrayBlockingQueue<>(7, true),
            new ArrayBlockingQueue<>(3),
            new PriorityBlockingQueue<>(),
            new PriorityBlockingQueue<>(4, Comparator.reverseOrder()),
            new LinkedTransferQueue<>());
    return queues.stream()
        .map(
            queue ->
                DynamicTest.dynamicTest(
                    queue.getClass().getSimpleName() + queue.remainingCapacity(),
                    () -> {
                      queue.addAll(List.of(2, 3, 1));
                      for (Object value : bothOf(queue)) {
                        BlockingQueue<?> back = (BlockingQueue<?>) value;
                        assertEquals(queue.getClass(), back.getClass());
                        assertEquals(queue.remainingCapacity(), back.remainingCapacity());
                        assertEquals(drain(new ArrayList<>(queue), queue), drained(back));
                      }
                    }));
  }

  private static List<Object> drain(List<Integer> content, BlockingQueue<Integer> queue) {
    List<Object> drained = drained(queue);
    queue.addAll(content);
    return drained;
  }

  private static List<Object> drained(Queue<?> queue) {
    List<Object> drained = new ArrayList<>();
    while (!queue.isEmpty()) {
      drained.add(queue.remove());
    }
    return drained;
  }

  @Test
  void queueThatHoldsItself() throws Exception {
    BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    queue.add(queue);
    BlockingQueue<?> back = (BlockingQueue<?>) read(queue);
    assertSame(back, back.peek());
  }

  @Test
  void capacityThatIsALieAllocatesNothing() {
    Output out = new Output(64, -1);
    out.writeVarInt(
        EntryClasses.FIRST_BUILT_IN
            + 2 * Objects.requireNonNull(BuiltIns.of(ArrayBlockingQueue.class)).builtInIndex,
        true);
    out.writeVarInt(Kryo.NOT_NULL, true);
    out.writeBoolean(false);
    out.writeVarInt(Integer.MAX_VALUE - 9, true);
    out.writeVarInt(0, true);
    byte[] bytes = out.toBytes();
    UnreadableValueException unreadable =
        assertThrows(
            UnreadableValueException.class,
            () -> Codecs.formatOf(Object.class).read(bytes, 0, bytes.length));
    assertEquals("A length is greater than the entry.", unreadable.getMessage());
  }

  @Test
  void atomicArrays() throws Exception {
    AtomicReferenceArray<@Nullable Object> array = new AtomicReferenceArray<>(3);
    array.set(0, "a");
    array.set(2, array);
    AtomicReferenceArray<?> back = (AtomicReferenceArray<?>) read(array);
    assertEquals("a", back.get(0));
    assertNull(back.get(1));
    assertSame(back, back.get(2));
    array.set(2, null);
    assertEquals("[a, null, null]", copy(array).toString());
  }

  private static List<Object> bothOf(Object value) throws Exception {
    return List.of(read(value), copy(value));
  }

  private static Object read(Object value) throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    return Objects.requireNonNull(Codecs.read(format, Codecs.write(format, value)));
  }

  private static Object copy(Object value) throws Exception {
    ValueCodec codec = Codecs.of(RareTypesTest.class.getClassLoader());
    Object copy = new GraphCopier(codec, 1_000).copy(value);
    assertNotNull(copy);
    return copy;
  }

  private static String refusal(Object value) {
    return assertThrows(
            UncacheableValueException.class,
            () -> Codecs.write(Codecs.formatOf(Object.class), value))
        .getMessage();
  }
}
