package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.loading.Bundles;
import com.acme.loading.Crowd;
import com.acme.loading.EarlyAgent;
import com.acme.loading.Loading;
import io.github.rediscached.RedisCached;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a class comes from and whenever it was loaded, its methods are cached. */
class ClassLoadingTest {

  private final TestRedis redis = TestRedis.shared();

  @Test
  void classesThatAnotherAgentLoadedBeforeAreCached(@TempDir Path folder) throws IOException {
    Path earlyAgent = folder.resolve("early.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Premain-Class"), EarlyAgent.class.getName());
    try (OutputStream out = Files.newOutputStream(earlyAgent)) {
      new JarOutputStream(out, manifest).close();
    }

    Outcome outcome =
        Jvm.of(Loading.class, redis)
            // Agents named here come before those of the command line.
            .environment("JDK_JAVA_OPTIONS", "-javaagent:" + earlyAgent)
            .run()
            .succeeded();

    assertEquals(
        List.of("contract=fulfilled 1, fulfilled 1, 1", "result=found 7, found 7", "runs=1"),
        outcome.out());
    assertEquals(List.of(), outcome.log());
  }

  @Test
  void classesFromAnArchiveOfTheApplicationAreCached(@TempDir Path folder) throws IOException {
    // Only jars are archived, and only where the class path is the same.
    String[] application = {"-cp", jar(folder).toString(), Loading.class.getName()};
    Path archive = folder.resolve("application.jsa");
    Jvm.of("-XX:ArchiveClassesAtExit=" + archive, application).withoutAgent().run().succeeded();

    Outcome outcome =
        Jvm.of("-XX:SharedArchiveFile=" + archive, application)
            .on(redis)
            .option("-Xlog:class+load")
            .run()
            .succeeded();

    String source = Loading.class.getName() + "$Contract source: shared objects file (top)";
    assertTrue(outcome.out().stream().anyMatch(line -> line.contains(source)), outcome.toString());
    assertEquals("found 7, found 7", outcome.value("result"));
    assertEquals("1", outcome.value("runs"));
  }

  @Test
  void loadersThatDelegateOnlyTheJdkAreServedEachWithItsOwnEntries() {
    Outcome outcome = Jvm.of(Bundles.class, redis).run().succeeded();

    assertEquals(List.of("found 7, found 7", "found 7, found 7"), outcome.values("result"));
    assertEquals(List.of("1", "1"), outcome.values("runs"));
    assertEquals(List.of("true", "true"), outcome.values("imported cached"));
    assertToldOfLoadersWithoutNames(outcome);
  }

  private static void assertToldOfLoadersWithoutNames(Outcome outcome) {
    assertEquals(1, outcome.err().size(), outcome.toString());
    assertTrue(outcome.err().get(0).contains("belongs to two class loaders without names"));
  }

  @Test
  void classesOfANamedModuleAreCached() {
    Path module = Languages.module();
    Outcome outcome =
        Jvm.of("-m", "com.acme.module/com.acme.module.Modular")
            .on(redis)
            .option("-p", module + File.pathSeparator + Jvm.home(RedisCached.class))
            .run()
            .succeeded();

    assertEquals(
        List.of(
            "found=Product[id=a1, tags=[x], size=LARGE]",
            "expression=Product[id=b2, tags=[y], size=LARGE]",
            "found=Product[id=a1, tags=[x], size=LARGE]",
            "expression=Product[id=b2, tags=[y], size=LARGE]",
            "module=com.acme.module",
            "runs=2"),
        outcome.out());
    assertEquals(List.of(), outcome.err());
  }

  @Test
  void twoHundredThreadsThatLoadClassesAtOnceLoseNothing() {
    Outcome outcome = Jvm.of(Crowd.class, redis).run().succeeded();

    assertEquals("1000", outcome.value("cached"));
    assertEquals("0", outcome.value("annotated but not cached at once"));
    assertToldOfLoadersWithoutNames(outcome);
  }

  /** With the classes of {@code com.acme.loading}. */
  private static Path jar(Path folder) throws IOException {
    Path jar = folder.resolve("application.jar");
    Path classes = Jvm.home(Loading.class);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(classes.resolve("com/acme/loading"))) {
      for (Path file : files.toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
