package io.github.rediscached.agent.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server of a cluster says of all of them: the answer to <a
 * href="https://redis.io/docs/latest/commands/cluster-nodes/">CLUSTER NODES</a>. {@link Cluster}
 * reads it. Lettuce's own reader knows neither the names of hosts nor whether slots are moving.
 *
 * @param moving whether a slot is on its way to or from the server that was asked
 */
record ClusterNodes(List<Range> ranges, boolean moving) {

  private static final int EPOCH = 6;
  private static final int FIRST_SLOT = 8;

  /** Where a server is. */
  record Address(String host, int port) {

    /** Null if it is none. An empty host is that of the server that was asked. */
    static @Nullable Address parse(String text) {
      int colon = text.lastIndexOf(':');
      try {
        int port = Integer.parseInt(text.substring(colon + 1));
        return colon < 0 || port <= 0 ? null : new Address(text.substring(0, colon), port);
      } catch (NumberFormatException e) {
        return null;
      }
    }

    Address orHost(String asked) {
      return host.isEmpty() ? new Address(asked, port) : this;
    }

    @Override
    public String toString() {
      return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
  }

  /** A master, and when it became that of its slots: who knows a higher epoch knows it better. */
  record Master(Address address, long epoch) {}

  /** Slots of one master. */
  record Range(int first, int last, Master master) {}

  /**
   * Reads it.
   *
   * @param askedHost of the server that has said it
   * @param byName whether servers are called by their names where they have some, as certificates
   *     are made for these
   */
  static ClusterNodes parse(String text, String askedHost, boolean byName) {
    List<Range> ranges = new ArrayList<>();
    boolean moving = false;
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length < FIRST_SLOT) {
        continue;
      }
      Address address = address(words[1], askedHost, byName);
      for (int i = FIRST_SLOT; i < words.length; i++) {
        String slots = words[i];
        moving |= slots.startsWith("[");
        if (address != null && !slots.isEmpty() && !slots.startsWith("[")) {
          int dash = slots.indexOf('-');
          int first = Integer.parseInt(dash < 0 ? slots : slots.substring(0, dash));
          int last = dash < 0 ? first : Integer.parseInt(slots.substring(dash + 1));
          ranges.add(new Range(first, last, new Master(address, Long.parseLong(words[EPOCH]))));
        }
      }
    }
    return new ClusterNodes(List.copyOf(ranges), moving);
  }

  /** Of {@code ip:port@busport,hostname,more=…}. */
  private static @Nullable Address address(String word, String askedHost, boolean byName) {
    int end = word.indexOf('@');
    int comma = word.indexOf(',');
    Address address =
        Address.parse(
            end >= 0 ? word.substring(0, end) : comma < 0 ? word : word.substring(0, comma));
    if (address == null) {
      return null;
    }
    if (byName && comma >= 0) {
      String rest = word.substring(comma + 1);
      int nameEnd = rest.indexOf(',');
      String name = nameEnd < 0 ? rest : rest.substring(0, nameEnd);
      if (!name.isEmpty() && name.indexOf('=') < 0) {
        return new Address(name, address.port());
      }
    }
    return address.orHost(askedHost);
  }

  /** The master that has a slot; null if none has. */
  @Nullable Master masterOf(int slot) {
    for (Range range : ranges) {
      if (range.first() <= slot && slot <= range.last()) {
        return range.master();
      }
    }
    return null;
  }
}
