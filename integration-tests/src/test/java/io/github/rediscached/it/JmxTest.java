package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.calls.Calls;
import com.acme.firststeps.Greetings;
import com.acme.management.Managed;
import com.acme.management.OwnLogManager;
import com.acme.management.OwnServerBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see and switch in JConsole, and that the application does not feel it. */
class JmxTest {

  private static final String PLAIN = Beans.cache("plain");
  private static final TestRedis REDIS = TestRedis.shared();
  private static RunningJvm jvm;
  private static Beans beans;

  @BeforeAll
  static void start() {
    jvm = Jvm.of(Calls.class, REDIS).start();
    jvm.ask("plain first");
    jvm.ask("byCriterion text");
    beans = Beans.of(jvm);
  }

  @AfterAll
  static void end() {
    beans.close();
    jvm.close();
  }

  @Test
  void theBeansAreReadWithoutOurJar() throws IOException {
    assertNull(JmxTest.class.getResource("/io/github/rediscached/agent/AgentMain.class"));
    try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
      assertEquals(
          jar.getManifest().getMainAttributes().getValue("Implementation-Version"),
          beans.get(Beans.AGENT, "Version"));
    }
  }

  @Test
  void everyFigureIsPlainHasAUnitAndIsExplained() {
    assertAttributes(
        Beans.AGENT,
        "Version",
        "Enabled",
        "InstrumentedMethods",
        "RejectedMethods",
        "NearEntries",
        "NearBytes");
    assertAttributes(
        PLAIN,
        "Requests",
        "Hits",
        "NearHits",
        "RedisHits",
        "CoalescedHits",
        "Misses",
        "HitRate",
        "Loads",
        "LoadFailures",
        "AverageLoadMillis",
        "AverageHitMicros",
        "TimeSavedMillis",
        "Puts",
        "Evictions",
        "StaleServed",
        "Errors",
        "Bypasses",
        "NotStored",
        "TooLarge",
        "Uncacheable",
        "NotStoredReasons");
    assertAttributes(
        Beans.REDIS,
        "Connected",
        "Timeouts",
        "Errors",
        "Reconnects",
        "PendingInvalidations",
        "ServerVersion",
        "ServerHitRate",
        "UsedMemory",
        "MaxMemory",
        "MaxMemoryPolicy",
        "EvictedKeys",
        "Advice");
    assertOperations(PLAIN, "clear", "resetStatistics");
    assertOperations(Beans.AGENT, "invalidateTag", "invalidatePattern", "reload", "clearAll");
  }

  private static void assertOperations(String keys, String... names) {
    List<String> found = new ArrayList<>();
    for (MBeanOperationInfo operation : beans.info(keys).getOperations()) {
      found.add(operation.getName());
      assertFalse(operation.getDescription().isBlank(), operation.getName());
      for (MBeanParameterInfo parameter : operation.getSignature()) {
        assertFalse(parameter.getDescription().isBlank(), operation.getName());
      }
    }
    assertEquals(List.of(names), found);
  }

  private static void assertAttributes(String keys, String... names) {
    List<String> found = new ArrayList<>();
    for (MBeanAttributeInfo attribute : beans.info(keys).getAttributes()) {
      String name = attribute.getName();
      found.add(name);
      assertTrue(
          Set.of("long", "double", "boolean", "java.lang.String", "[Ljava.lang.String;")
              .contains(attribute.getType()),
          name + " is a " + attribute.getType());
      assertFalse(attribute.getDescription().isBlank(), name);
      assertFalse(((String) attribute.getDescriptor().getFieldValue("units")).isBlank(), name);
      assertEquals(name.equals("Enabled"), attribute.isWritable(), name);
      assertTrue(beans.get(keys, name) != null, name);
    }
    assertEquals(List.of(names), found);
  }

  @Test
  void figuresAreThoseOfTheCallsSinceTheLastReset() {
    beans.invoke(PLAIN, "resetStatistics");
    assertEquals(0, beans.count("plain", "Requests"));
    jvm.ask("plain counted");
    jvm.ask("plain counted");
    jvm.ask("plain counted");
    jvm.ask("plain counted too");

    assertEquals(4, beans.count("plain", "Requests"));
    assertEquals(2, beans.count("plain", "Hits"));
    // The first one is from Redis, the other usually from memory.
    assertEquals(2, beans.count("plain", "RedisHits") + beans.count("plain", "NearHits"));
    assertTrue(beans.count("plain", "RedisHits") >= 1);
    assertEquals(2, beans.count("plain", "Misses"));
    assertEquals(2, beans.count("plain", "Loads"));
    eventually("stored", () -> beans.count("plain", "Puts") == 2);
    assertEquals(0.5, beans.get(PLAIN, "HitRate"));
    assertTrue((Double) beans.get(PLAIN, "AverageLoadMillis") > 0);
    assertTrue((Double) beans.get(PLAIN, "AverageHitMicros") > 0);
  }

  @Test
  void theServersFiguresAreThoseOfTheServer() {
    assertEquals(true, beans.get(Beans.REDIS, "Connected"));
    String version = (String) beans.get(Beans.REDIS, "ServerVersion");
    assertTrue(REDIS.commands().info("server").contains("redis_version:" + version + "\r\n"));
    assertTrue((Long) beans.get(Beans.REDIS, "UsedMemory") > 500_000);
    assertEquals(
        REDIS.commands().configGet("maxmemory-policy").get("maxmemory-policy"),
        beans.get(Beans.REDIS, "MaxMemoryPolicy"));
  }

  @Test
  void theMethodsThatAreCachedAreListed() {
    List<String> methods = beans.texts(Beans.AGENT, "InstrumentedMethods");

    assertTrue(methods.contains("com.acme.calls.Catalogue.plain(java.lang.String)"));
    assertTrue(methods.contains("com.acme.calls.Catalogue.missing(int,java.lang.Exception)"));
    assertEquals(List.of(), beans.texts(Beans.AGENT, "RejectedMethods"));
  }

  @Test
  void cachingIsSwitchedOnAndOffWhileTheApplicationRunsAndOverThePortOfRemoteJmx() {
    int port = TestRedis.freePort();
    try (RunningJvm off =
        Jvm.of(Calls.class, REDIS)
            .setting("enabled", "false")
            .option(
                "-Dcom.sun.management.jmxremote.port=" + port,
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false")
            .start()) {
      assertEquals("plain-a #1", off.ask("plain a"));
      assertEquals("plain-a #2", off.ask("plain a"));
      try (Beans remote = Beans.ofPort(port)) {
        assertEquals(2, remote.count("plain", "Bypasses"));
        assertEquals(false, remote.get(Beans.REDIS, "Connected"));
        assertFalse(remote.hasThread("rediscached-connect"), "it is about to connect");
        remote.set(Beans.AGENT, "Enabled", true);
        eventually("connected", () -> (Boolean) remote.get(Beans.REDIS, "Connected"));
        assertEquals("plain-a #3", off.ask("plain a"));
        assertEquals("plain-a #3", off.ask("plain a"));
        remote.set(Beans.AGENT, "Enabled", false);
        assertEquals("plain-a #4", off.ask("plain a"));
        assertEquals(false, remote.get(Beans.AGENT, "Enabled"));
      }
    }
  }

  @Test
  void classesOfLoggingAndJmxThatAreNamedInMainAfterCachedCallsAreInUse() {
    assertOwnClassesInUse(Jvm.of(Managed.class, REDIS, "named in main").run().succeeded());
  }

  @Test
  void classesOfLoggingAndJmxThatAreNamedOnTheCommandLineAreInUse() {
    assertOwnClassesInUse(
        Jvm.of(Managed.class, REDIS)
            .option(
                "-Djava.util.logging.manager=" + OwnLogManager.class.getName(),
                "-Djavax.management.builder.initial=" + OwnServerBuilder.class.getName())
            .run()
            .succeeded());
  }

  private static void assertOwnClassesInUse(Outcome outcome) {
    assertEquals("1", outcome.value("runs"));
    assertEquals("true", outcome.value("beans"), outcome.toString());
    assertEquals(List.of("OwnLogManager", "OwnLogManager"), outcome.values("logManager"));
    assertEquals(List.of("1", "1"), outcome.values("built"));
    assertEquals(List.of(), outcome.err());
  }

  @Test
  void withoutTheModuleOfJmxMethodsAreCachedAndItIsSaidThatThereAreNoBeans() {
    Outcome outcome =
        Jvm.of(Greetings.class, REDIS)
            .option("--limit-modules", "java.base,java.instrument")
            .run()
            .succeeded();

    assertEquals("Hello Ada Hello Ada Hello Bob", outcome.value("greetings"));
    assertEquals("2", outcome.value("runs"), outcome.toString());
    assertEquals(
        List.of(
            "[rediscached] There are no JMX beans of rediscached: this JVM runs without the module"
                + " java.management. Start it with --add-modules java.management to have them."),
        outcome.err());
  }
}
