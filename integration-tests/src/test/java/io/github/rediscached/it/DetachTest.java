package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.attach.CodeAgent;
import com.acme.attach.Leaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that leaves the JVM to which it was attached. */
class DetachTest {

  private static final String LEFT =
      "[rediscached] the agent has left this JVM; all methods run as without it.";

  private static TestRedis redis;

  private final String namespace = TestRedis.newNamespace();

  @BeforeAll
  static void start() {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private String argument() {
    return "redis.uri="
        + redis.uri()
        + ",redis.connect-timeout=20s,redis.timeout=5s,namespace="
        + namespace;
  }

  private void detach(RunningJvm jvm) {
    long before = left(jvm);
    jvm.attachAgent("detach");
    eventually("it has left", () -> left(jvm) > before);
  }

  private static long left(RunningJvm jvm) {
    return jvm.soFar().err().stream().filter(LEFT::equals).count();
  }

  private static long connections() {
    return redis.commands().clientList().lines().filter(line -> line.contains("resp=3")).count();
  }

  @Test
  void nothingIsLeftButTheBridge(@TempDir Path directory) throws IOException {
    Path looking = agentThatLooks(directory);
    try (RunningJvm jvm = Jvm.of(Leaving.class).withoutAgent().start()) {
      jvm.ask("jmx");
      assertEquals("[1] 2 found #3", jvm.ask("all Ada"));
      String own = codeOf(jvm, looking);
      long connectionsBefore = connections();

      jvm.attachAgent(argument());
      String first = jvm.ask("all Ada");
      eventually("all is cached", () -> jvm.ask("all Ada").equals(jvm.ask("all Ada")));
      assertNotEquals(own, codeOf(jvm, looking));
      assertTrue(connections() > connectionsBefore);
      assertNotEquals("", jvm.ask("threads"));

      detach(jvm);

      String after = jvm.ask("all Ada");
      assertNotEquals(first, after);
      assertNotEquals(after, jvm.ask("all Ada"));
      assertEquals(own, codeOf(jvm, looking));
      eventually("its connections end", () -> connections() == connectionsBefore);
      eventually("its threads end", () -> jvm.ask("threads").isEmpty());
      try (Beans beans = Beans.ofAny(jvm)) {
        eventually("its beans are gone", () -> beans.names().isEmpty());
      }
    }
  }

  @Test
  void itMayComeAndGoManyTimes() {
    try (RunningJvm jvm = Jvm.of(Leaving.class).withoutAgent().start()) {
      jvm.ask("jmx");
      int once = 0;
      for (int i = 0; i < 12; i++) {
        jvm.attachAgent(argument());
        eventually("all is cached", () -> jvm.ask("all Ada").equals(jvm.ask("all Ada")));
        detach(jvm);
        if (i == 1) {
          eventually("its threads end", () -> jvm.ask("threads").isEmpty());
          once = loaded(jvm);
        }
      }
      eventually("its threads end", () -> jvm.ask("threads").isEmpty());
      // An agent has some 2,500 classes; caches of the JDK may hold that of the last one or two.
      int most = once + 8_000;
      eventually("its classes are gone", () -> loaded(jvm) < most);
    }
  }

  private static int loaded(RunningJvm jvm) {
    return Integer.parseInt(jvm.ask("loaded"));
  }

  @Test
  void whatWasEvictedBeforeIsNotLost() {
    try (RunningJvm jvm = Jvm.of(Leaving.class).withoutAgent().start()) {
      jvm.ask("jmx");
      jvm.attachAgent(argument());
      eventually("all is cached", () -> jvm.ask("all Ada").equals(jvm.ask("all Ada")));
      redis.freeze();
      jvm.ask("change Ada");
      redis.thaw();
      detach(jvm);
      assertEquals(0, redis.commands().exists(namespace + ":~t:item:Ada"));
    }
  }

  @Test
  void whereThereIsNoneItSaysSo() {
    try (RunningJvm jvm = Jvm.of(Leaving.class).withoutAgent().start()) {
      jvm.ask("jmx");
      jvm.attachAgent("detach");
      jvm.awaitErr("[rediscached] WARN there is no agent in this JVM, so detach does nothing.");
    }
  }

  /**
   * The class file without constants that nothing uses: newer JVMs keep some when a class has its
   * own methods again.
   */
  private static String codeOf(RunningJvm jvm, Path looking) {
    int before = jvm.soFar().out().size();
    jvm.attachAgent(looking, Leaving.class.getName());
    jvm.awaitAnswers(before + 1);
    String said = jvm.soFar().out().get(before);
    byte[] classFile = Base64.getDecoder().decode(said.substring("code=".length()));
    ClassWriter used = new ClassWriter(0);
    new ClassReader(classFile).accept(used, ClassReader.SKIP_DEBUG);
    return Base64.getEncoder().encodeToString(used.toByteArray());
  }

  private static Path agentThatLooks(Path directory) throws IOException {
    Path jar = directory.resolve("looking.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Agent-Class"), CodeAgent.class.getName());
    manifest.getMainAttributes().put(new Attributes.Name("Can-Retransform-Classes"), "true");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("empty"));
      out.closeEntry();
    }
    return jar;
  }
}
