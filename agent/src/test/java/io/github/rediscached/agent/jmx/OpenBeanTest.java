package io.github.rediscached.agent.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.stats.CacheStats;
import io.github.rediscached.agent.stats.StatsRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.openmbean.OpenType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenBeanTest {

  /** The open types of which JConsole shows and plots values without further classes. */
  private static final Set<String> SHOWN_TYPES =
      Set.of("long", "double", "boolean", "java.lang.String", "[Ljava.lang.String;");

  private static final String[] TEXT = {String.class.getName()};

  private final List<String> cleared = new ArrayList<>();

  static Stream<OpenBean> beans() {
    return Stream.of(
        AgentBean.of(new FakeAgent()),
        CacheBean.of(new CacheStats("products"), cache -> {}),
        RedisBean.of(new FakeRedis(), new StatsRegistry(), System::nanoTime));
  }

  @ParameterizedTest
  @MethodSource("beans")
  void everyAttributeAndOperationHasADescriptionThatEndsInItsUnit(OpenBean bean) {
    assertFalse(bean.getMBeanInfo().getDescription().isEmpty());
    for (MBeanFeatureInfo feature : features(bean)) {
      Object unit = feature.getDescriptor().getFieldValue("units");
      assertFalse(unit == null || unit.toString().isEmpty(), feature.getName());
      String ending = ". [" + unit + "]";
      assertTrue(feature.getDescription().endsWith(ending), feature.getDescription());
      assertTrue(feature.getDescription().length() > ending.length(), feature.getName());
    }
  }

  @ParameterizedTest
  @MethodSource("beans")
  void attributesAreOfOpenTypesAndNumbersArePrimitive(OpenBean bean) throws Exception {
    for (MBeanAttributeInfo attribute : bean.getMBeanInfo().getAttributes()) {
      assertTrue(SHOWN_TYPES.contains(attribute.getType()), attribute.toString());
      Class<?> valueType = bean.getAttribute(attribute.getName()).getClass();
      String valueTypeName =
          valueType.isArray() ? valueType.getComponentType().getName() : valueType.getName();
      assertTrue(OpenType.ALLOWED_CLASSNAMES_LIST.contains(valueTypeName), attribute.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("beans")
  void aClientWithoutOurClassesReadsWholeBeans(OpenBean bean) throws Exception {
    String[] names =
        Arrays.stream(bean.getMBeanInfo().getAttributes())
            .map(MBeanAttributeInfo::getName)
            .toArray(String[]::new);
    AttributeList values = bean.getAttributes(names);

    assertEquals(names.length, values.size());
    assertEquals(bean.getMBeanInfo(), throughTheWire(bean.getMBeanInfo()));
    assertEquals(names.length, ((AttributeList) throughTheWire(values)).size());
  }

  @Test
  void theCacheBeanShowsEveryFigureOfTheDesign() throws Exception {
    CacheStats stats = new CacheStats("products");
    stats.redisHit(500_000, 20_500, 1);
    stats.redisHit(500_000, 20_500, 2);
    stats.coalescedHit();
    stats.nearHit();
    stats.nearHit();
    stats.miss();
    stats.miss();
    stats.miss();
    stats.load(3_000_000);
    stats.loadFailure(1_000_000);
    stats.loadFailure(2_000_000);
    stats.put();
    stats.evicted(7);
    stats.servedStale();
    stats.error();
    stats.error();
    stats.bypass();
    stats.tooLarge();
    stats.uncacheable();
    stats.uncacheable();
    stats.refused("set-cookie");

    assertEquals(
        List.of(
            "Requests=8",
            "Hits=5",
            "NearHits=2",
            "RedisHits=2",
            "CoalescedHits=1",
            "Misses=3",
            "HitRate=0.625",
            "Loads=1",
            "LoadFailures=2",
            "AverageLoadMillis=2.0",
            "AverageHitMicros=500.0",
            "TimeSavedMillis=81",
            "Puts=1",
            "Evictions=7",
            "StaleServed=1",
            "Errors=2",
            "Bypasses=1",
            "NotStored=4",
            "TooLarge=1",
            "Uncacheable=2",
            "NotStoredReasons=[1 set-cookie]"),
        page(CacheBean.of(stats, cleared::add)));
  }

  @Test
  void theRedisBeanShowsTheServersFigures() throws Exception {
    FakeRedis redis = new FakeRedis();
    redis.info =
        Map.of(
            "redis_version", "7.0.15",
            "keyspace_hits", "9",
            "keyspace_misses", "1",
            "used_memory", "1048576",
            "maxmemory", "2097152",
            "maxmemory_policy", "allkeys-lfu",
            "evicted_keys", "12");

    assertEquals(
        List.of(
            "Connected=true",
            "Timeouts=3",
            "Errors=4",
            "Reconnects=5",
            "PendingInvalidations=6",
            "ServerVersion=7.0.15",
            "ServerHitRate=0.9",
            "UsedMemory=1048576",
            "MaxMemory=2097152",
            "MaxMemoryPolicy=allkeys-lfu",
            "EvictedKeys=12",
            "Advice="),
        page(RedisBean.of(redis, new StatsRegistry(), System::nanoTime)));
    assertEquals(1, redis.infos.get());
  }

  @Test
  void attributesThatCanNotBeReadAreZeroOrEmptyAndTheOthersStay() throws Exception {
    FakeRedis redis = new FakeRedis();
    redis.broken = true;
    StatsRegistry caches = new StatsRegistry();
    for (int i = 0; i < 1_000; i++) {
      caches.cache("products").miss();
    }

    assertEquals(
        List.of(
            "Connected=false",
            "Timeouts=0",
            "Errors=0",
            "Reconnects=0",
            "PendingInvalidations=0",
            "ServerVersion=",
            "ServerHitRate=0.0",
            "UsedMemory=0",
            "MaxMemory=0",
            "MaxMemoryPolicy=",
            "EvictedKeys=0",
            "Advice=Cache products answered 0% of 1,000 requests (less than 70%). Raise its `ttl`"
                + " if entries expire before they are asked for again, leave arguments that differ"
                + " in each call out of its key (`key` or `@KeyIgnore`), or do not cache these"
                + " methods."),
        page(RedisBean.of(redis, caches, System::nanoTime)));
  }

  @Test
  void theAgentBeanSwitchesTheAgentOffAndOn() throws Exception {
    FakeAgent agent = new FakeAgent();
    OpenBean bean = AgentBean.of(agent);

    bean.setAttribute(new Attribute("Enabled", false));
    assertFalse(agent.enabled());
    assertEquals(false, bean.getAttribute("Enabled"));

    bean.setAttributes(new AttributeList(List.of(new Attribute("Enabled", true))));
    assertTrue(agent.enabled());
  }

  @Test
  void wrongChangesAreRefusedWithAReason() {
    OpenBean bean = AgentBean.of(new FakeAgent());

    assertEquals(
        "Enabled is true or false, not off.",
        assertThrows(
                InvalidAttributeValueException.class,
                () -> bean.setAttribute(new Attribute("Enabled", "off")))
            .getMessage());
    assertEquals(
        "Enabled is true or false, not null.",
        assertThrows(
                InvalidAttributeValueException.class,
                () -> bean.setAttribute(new Attribute("Enabled", null)))
            .getMessage());
    assertEquals(
        "Version can only be read.",
        assertThrows(
                AttributeNotFoundException.class,
                () -> bean.setAttribute(new Attribute("Version", "2")))
            .getMessage());
    assertEquals(
        "There is no attribute Colour.",
        assertThrows(AttributeNotFoundException.class, () -> bean.getAttribute("Colour"))
            .getMessage());
    AttributeList changes =
        new AttributeList(List.of(new Attribute("Version", "2"), new Attribute("X", 1)));
    assertEquals(List.of(), bean.setAttributes(changes).asList());
    assertEquals(List.of(), bean.getAttributes(new String[] {"Colour"}).asList());
  }

  @Test
  void aFailedChangeReachesAClientWithoutOurClasses() throws Exception {
    OpenBean bean =
        AgentBean.of(
            new FakeAgent() {
              @Override
              public void enabled(boolean on) {
                throw new OurOwnException("not now");
              }
            });

    MBeanException failure =
        assertThrows(
            MBeanException.class, () -> bean.setAttribute(new Attribute("Enabled", false)));

    throughTheWire(failure);
    assertEquals(
        OurOwnException.class.getName() + ": not now", failure.getTargetException().getMessage());
  }

  @Test
  void operationsDoWhatTheySay() throws Exception {
    CacheStats stats = new CacheStats("products");
    stats.miss();
    OpenBean cache = CacheBean.of(stats, cleared::add);
    FakeAgent fake = new FakeAgent();
    OpenBean agent = AgentBean.of(fake);

    assertNull(cache.invoke("resetStatistics", null, null));
    assertNull(cache.invoke("clear", null, null));
    assertNull(agent.invoke("invalidateTag", new Object[] {"product:42"}, TEXT));
    assertEquals(3L, agent.invoke("invalidatePattern", new Object[] {"shop:*"}, TEXT));
    assertNull(agent.invoke("clearAll", new Object[0], new String[0]));

    assertEquals(0, stats.misses());
    assertEquals(List.of("products"), cleared);
    assertEquals(List.of("tag product:42", "pattern shop:*", "all"), fake.invalidated);
    assertEquals(MBeanOperationInfo.ACTION, cache.getMBeanInfo().getOperations()[0].getImpact());
  }

  @Test
  void operationsAreRefusedThatDoNotExistOrLackTheirParameter() {
    OpenBean cache = CacheBean.of(new CacheStats("products"), cleared::add);
    OpenBean agent = AgentBean.of(new FakeAgent());

    assertThrows(ReflectionException.class, () -> cache.invoke("reset", null, null));
    assertThrows(
        ReflectionException.class,
        () -> cache.invoke("clear", new Object[] {1}, new String[] {"int"}));
    assertThrows(
        ReflectionException.class,
        () -> agent.invoke("invalidateTag", new Object[0], new String[0]));
    assertThrows(
        MBeanException.class, () -> agent.invoke("invalidateTag", new Object[] {""}, TEXT));
    assertThrows(
        MBeanException.class, () -> agent.invoke("invalidateTag", new Object[] {null}, TEXT));
  }

  @Test
  void theBeanServerAcceptsTheBeans() throws Exception {
    // Not the platform's: this test leaves nothing behind.
    var server = MBeanServerFactory.newMBeanServer();
    var name = new ObjectName("test:type=Cache");
    server.registerMBean(CacheBean.of(new CacheStats("products"), cache -> {}), name);

    assertEquals(0L, server.getAttribute(name, "Requests"));
    assertFalse(ManagementFactory.getPlatformMBeanServer().isRegistered(name));
  }

  private static List<MBeanFeatureInfo> features(OpenBean bean) {
    return Stream.<MBeanFeatureInfo>concat(
            Arrays.stream(bean.getMBeanInfo().getAttributes()),
            Arrays.stream(bean.getMBeanInfo().getOperations()))
        .toList();
  }

  private static List<String> page(OpenBean bean) throws Exception {
    return Arrays.stream(bean.getMBeanInfo().getAttributes())
        .map(MBeanAttributeInfo::getName)
        .map(name -> name + "=" + value(bean, name))
        .toList();
  }

  private static Object value(OpenBean bean, String name) {
    try {
      Object value = bean.getAttribute(name);
      return value instanceof String[] texts ? List.of(texts) : value;
    } catch (AttributeNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Written, and read by somebody who has the JDK's classes only. */
  private static Object throughTheWire(Object sent) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
          @Override
          protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
            return Class.forName(type.getName(), false, ClassLoader.getPlatformClassLoader());
          }
        }) {
      return in.readObject();
    }
  }

  private static final class OurOwnException extends RuntimeException {
    OurOwnException(String message) {
      super(message);
    }
  }
}
