package io.github.rediscached.agent.jmx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.StatsRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeanRegistrationTest {

  private static final Duration NEVER = Duration.ofDays(1);

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final AgentLog log = new AgentLog(new PrintStream(logged, true, UTF_8));
  private final StatsRegistry caches = new StatsRegistry();
  private final FakeAgent agent = new FakeAgent();
  private final Set<Thread> earlierThreads = Thread.getAllStackTraces().keySet();

  /** A registration stays for the life of its JVM, so each test removes the beans of its own. */
  @AfterEach
  void removeTheBeans() throws Exception {
    for (ObjectName bean : server.queryNames(name("*"), null)) {
      server.unregisterMBean(bean);
    }
  }

  @Test
  void beansAppearOnceTheApplicationHasLoadedLogging() throws Exception {
    caches.cache("products").miss();
    BeanRegistration registration = start(NEVER, Duration.ZERO);
    await(() -> state(Thread.State.TIMED_WAITING));
    assertFalse(server.isRegistered(name("type=Agent")));

    registration.applicationUsesJmx();

    await(() -> server.isRegistered(cache("products")));
    assertEquals("1.2.3", server.getAttribute(name("type=Agent"), "Version"));
    assertEquals(true, server.getAttribute(name("type=Redis"), "Connected"));
    assertEquals(1L, server.getAttribute(cache("products"), "Misses"));
    assertEquals("", logged());
  }

  @Test
  void beansAppearAfterTheDelayInAnApplicationWithoutJmxAndLogging() throws Exception {
    start(Duration.ofMillis(1), NEVER);

    await(() -> server.isRegistered(name("type=Redis")));
  }

  @Test
  void theBeansSwitchAndResetWhatTheyShow() throws Exception {
    caches.cache("products").miss();
    start(Duration.ZERO, NEVER);
    await(() -> server.isRegistered(cache("products")));

    server.setAttribute(name("type=Agent"), new Attribute("Enabled", false));
    server.invoke(cache("products"), "resetStatistics", new Object[0], new String[0]);

    assertFalse(agent.enabled());
    assertEquals(0, caches.cache("products").misses());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"products", "com.acme.Shop.find(long,java.lang.String[])", "a\"b*?,=:\n\\", ""})
  void aCacheThatComesUpLaterGetsItsBeanWhateverItsName(String cache) throws Exception {
    start(Duration.ZERO, NEVER);
    await(() -> server.isRegistered(name("type=Redis")) && state(Thread.State.WAITING));

    caches.cache(cache).bypass();

    await(() -> server.isRegistered(cache(cache)));
    assertEquals(1L, server.getAttribute(cache(cache), "Bypasses"));
  }

  @Test
  void cachesThatComeUpOnManyThreadsAllGetTheirBeans() throws Exception {
    start(Duration.ZERO, NEVER);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int first = i * 100;
      threads.add(
          new Thread(
              () -> {
                for (int cache = first; cache < first + 100; cache++) {
                  caches.cache("cache " + cache);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    ObjectName all = name("type=Cache,name=*");
    await(() -> server.queryNames(all, null).size() == 400);
  }

  @Test
  void anInterruptedDaemonStillRegistersAndDoesNotSpin() throws Exception {
    BeanRegistration registration = start(NEVER, Duration.ZERO);
    await(() -> state(Thread.State.TIMED_WAITING));
    daemons().get(0).interrupt();
    await(() -> !daemons().get(0).isInterrupted() && state(Thread.State.TIMED_WAITING));
    registration.applicationUsesJmx();
    await(() -> server.isRegistered(name("type=Redis")) && state(Thread.State.WAITING));
    daemons().get(0).interrupt();
    await(() -> !daemons().get(0).isInterrupted() && state(Thread.State.WAITING));

    caches.cache("products");

    await(() -> server.isRegistered(cache("products")));
  }

  @Test
  void aSecondAgentLeavesTheBeansOfTheFirstAloneAndSaysSoOnce() throws Exception {
    start(Duration.ZERO, NEVER);
    await(() -> server.isRegistered(name("type=Redis")));

    start(Duration.ZERO, NEVER);
    caches.cache("products");
    await(() -> !logged().isEmpty() && server.isRegistered(cache("products")));

    assertTrue(server.isRegistered(name("type=Agent")));
    assertTrue(server.isRegistered(name("type=Redis")));
    assertEquals(
        "[rediscached] WARN The JMX bean io.github.rediscached:type=Agent exists already, so its"
            + " figures are not those of this agent. Is rediscached in this JVM twice? Keep one"
            + " -javaagent."
            + System.lineSeparator(),
        logged());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java/util/logging/LogManager",
        "java/lang/management/ManagementFactory",
        "javax/management/MBeanServerFactory"
      })
  void loggingAndJmxAreTriggers(String internalClassName) {
    assertTrue(JmxUse.beginsWith(internalClassName));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "java",
        "java/lang/String",
        "java.util.logging.LogManager",
        "java/util/logging/LogManager$Cleaner",
        "javax/management/ObjectName",
        "com/acme/java/util/logging/LogManager"
      })
  void otherClassesAreNoTriggers(String internalClassName) {
    assertFalse(JmxUse.beginsWith(internalClassName));
  }

  private BeanRegistration start(Duration delay, Duration grace) {
    BeanRegistration registration =
        new BeanRegistration(log, caches, agent, new FakeRedis(), delay, grace);
    registration.start();
    return registration;
  }

  private String logged() {
    return logged.toString(UTF_8);
  }

  private boolean state(Thread.State state) {
    List<Thread> daemons = daemons();
    return daemons.size() == 1 && daemons.get(0).getState() == state;
  }

  private List<Thread> daemons() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("rediscached-jmx"))
        .filter(thread -> !earlierThreads.contains(thread))
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadlineNanos, "no change within 20 s");
      Thread.onSpinWait();
    }
  }

  private static ObjectName cache(String cache) {
    return name("type=Cache,name=" + ObjectName.quote(cache));
  }

  private static ObjectName name(String keys) {
    try {
      return new ObjectName("io.github.rediscached:" + keys);
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }
}
