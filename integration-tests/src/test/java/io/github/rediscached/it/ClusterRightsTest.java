package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.invalidation.Shop;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs on a cluster whose user has the rights that docs/redis.md lists, and no others. */
class ClusterRightsTest {

  @TempDir Path database;

  private TestCluster cluster;
  private RunningJvm one;
  private RunningJvm two;

  @BeforeEach
  void start() throws IOException {
    cluster = new TestCluster(3, 0);
    String[] rights = rightsOfTheManual();
    List<String> uris =
        cluster.servers().stream().map(server -> server.uriOf("app", "password", rights)).toList();
    one = shop(uris.get(0));
    two = shop(uris.get(0));
    two.ask("write 42 10/ann");
  }

  @AfterEach
  void end() {
    one.close();
    two.close();
    cluster.close();
  }

  private RunningJvm shop(String uri) {
    return Jvm.of(Shop.class, database.toString())
        .setting("redis.uri", uri)
        .setting("redis.timeout", "5s")
        .setting("redis.connect-timeout", "20s")
        // The manual's example.
        .setting("namespace", "shop")
        .start();
  }

  private static String[] rightsOfTheManual() throws IOException {
    Matcher command =
        Pattern.compile("`ACL SETUSER app on >password ([^`]*\\+cluster[^`]*)`")
            .matcher(Files.readString(Path.of("../docs/redis.md")));
    assertTrue(command.find());
    return command.group(1).split(" ");
  }

  @Test
  void theRightsOfTheManualAreEnough() {
    nearHit("products", "byKey 42", "10");
    one.ask("setByKey 42 11");
    seen("byKey 42", "11");

    nearHit("tagged", "byTag 42", "11");
    one.ask("setByTag 42 12");
    seen("byTag 42", "12");

    two.ask("write 42 12/ann");
    nearHit("owned", "byOwner 42", "12");
    two.ask("write 42 13/ann");
    one.ask("ownerChanged ann");
    seen("byOwner 42", "13");

    // Whole caches.
    two.ask("write 42 14/ann");
    one.ask("allChanged");
    seen("byOwner 42", "14");

    nearHit("products", "byKey 42", "11");
    one.ask("fortiesChanged shop");
    seen("byKey 42", "14");

    assertEquals("15", one.ask("put 42 15"));
    seen("byKey 42", "15");
    two.send("slow 42 4");
    one.ask("slow 42 4");

    evictWhileItsSlotMoves();

    for (TestRedis server : cluster.servers()) {
      assertEquals(List.of(), server.commands().aclLog());
    }
    assertEquals(List.of(), one.soFar().log());
    assertEquals(List.of(), two.soFar().log());
  }

  /** Its keys are found by redirections, for which {@code ASKING} is needed. */
  private void evictWhileItsSlotMoves() {
    int slot = SlotHash.getSlot(entry());
    int from =
        IntStream.range(0, cluster.servers().size())
            .filter(i -> cluster.owns(i, slot))
            .findFirst()
            .orElseThrow();
    cluster.move(slot, from, cluster.anotherMaster(from), () -> one.ask("setByKey 42 16"));
    seen("byKey 42", "16");
  }

  private String entry() {
    return cluster.servers().stream()
        .flatMap(server -> server.entries("shop:*:products:42").stream())
        .findFirst()
        .orElseThrow();
  }

  /** The other JVM answers from its memory. */
  private void nearHit(String cache, String question, String answer) {
    assertEquals(answer, two.ask(question));
    Beans.awaitNearHit(two, cache, question);
  }

  /** The other JVM hears of it within milliseconds. */
  private void seen(String question, String answer) {
    assertEquals(answer, one.ask(question));
    eventually("the other JVM sees it", () -> two.ask(question).equals(answer));
  }
}
