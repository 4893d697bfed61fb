package io.github.rediscached.agent.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.store.ClusterNodes.Address;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ClusterNodesTest {

  private static final String THREE =
      """
      07c3 127.0.0.1:30004@31004,hostname4 slave e7d1 0 1426238317239 4 connected
      67ed 127.0.0.1:30002@31002,hostname2 master - 0 1426238316232 2 connected 5461-10922
      292f 127.0.0.1:30003@31003,hostname3,shard-id=9 master - 0 1426238318243 3 connected 10923-16383
      e7d1 127.0.0.1:30001@31001 myself,master - 0 0 1 connected 0-5458 5460 [5459->-67ed]
      """;

  private static Address masterOf(ClusterNodes nodes, int slot) {
    return Objects.requireNonNull(nodes.masterOf(slot)).address();
  }

  @Test
  void slotsHaveTheirMasters() {
    ClusterNodes nodes = ClusterNodes.parse(THREE, "asked", false);
    assertEquals(new Address("127.0.0.1", 30001), masterOf(nodes, 0));
    assertEquals(new Address("127.0.0.1", 30001), masterOf(nodes, 5460));
    assertNull(nodes.masterOf(5459));
    assertEquals(1, Objects.requireNonNull(nodes.masterOf(0)).epoch());
    assertEquals(new Address("127.0.0.1", 30002), masterOf(nodes, 10922));
    assertEquals(new Address("127.0.0.1", 30003), masterOf(nodes, 16383));
    assertTrue(nodes.moving());
  }

  @Test
  void withTlsTheyAreCalledByTheirNames() {
    ClusterNodes nodes = ClusterNodes.parse(THREE, "asked", true);
    assertEquals(new Address("hostname2", 30002), masterOf(nodes, 5461));
    assertEquals(new Address("hostname3", 30003), masterOf(nodes, 10923));
    assertEquals(new Address("127.0.0.1", 30001), masterOf(nodes, 0));
  }

  @Test
  void aServerThatHasMetNobodyIsWhereItWasAsked() {
    ClusterNodes nodes =
        ClusterNodes.parse(
            "e7d1 :7000@17000 myself,master - 0 0 0 connected 0-16383\n", "redis.local", false);
    assertEquals(new Address("redis.local", 7000), masterOf(nodes, 7));
    assertFalse(nodes.moving());
  }

  @Test
  void anAddressOfVersionSixIsRead() {
    ClusterNodes nodes =
        ClusterNodes.parse(
            "e7d1 2001:db8::1:7000@17000 master - 0 0 0 connected 0-16383\n", "x", false);
    assertEquals(new Address("2001:db8::1", 7000), masterOf(nodes, 0));
    assertEquals("[2001:db8::1]:7000", new Address("2001:db8::1", 7000).toString());
  }

  @Test
  void whatHasNoAddressHasNoSlots() {
    assertNull(
        ClusterNodes.parse(
                "e7d1 :0@0 master,noaddr - 0 0 1 disconnected 0-16383\n\nnonsense\n", "x", false)
            .masterOf(0));
  }

  @Test
  void whereAskPointsTo() {
    assertEquals(new Address("127.0.0.1", 7001), Redirection.asked("ASK 3999 127.0.0.1:7001"));
    assertNull(Redirection.asked("MOVED 3999 127.0.0.1:7001"));
    assertNull(Redirection.asked(null));
    assertTrue(Redirection.is("MOVED 3999 127.0.0.1:7001"));
    assertTrue(Redirection.is("CLUSTERDOWN Hash slot not served"));
    assertFalse(Redirection.is("OOM command not allowed"));
  }
}
