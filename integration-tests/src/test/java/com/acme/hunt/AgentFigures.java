package com.acme.hunt;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the agent of this JVM has counted, summed up over its caches. */
final class AgentFigures {

  private static final List<String> OF_CACHES =
      List.of(
          "NearHits",
          "RedisHits",
          "CoalescedHits",
          "Misses",
          "Bypasses",
          "Puts",
          "Evictions",
          "Errors");

  private static final List<String> OF_REDIS = List.of("Timeouts", "Reconnects");

  private AgentFigures() {}

  /** By attribute; all zero without the agent. */
  static Map<String, Long> read() {
    Map<String, Long> figures = new LinkedHashMap<>();
    try {
      for (String attribute : OF_CACHES) {
        figures.put(attribute, sum("type=Cache,*", attribute));
      }
      for (String attribute : OF_REDIS) {
        figures.put(attribute, sum("type=Redis", attribute));
      }
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
    return figures;
  }

  private static long sum(String beans, String attribute) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    long sum = 0;
    for (ObjectName bean :
        server.queryNames(new ObjectName("io.github.rediscached:" + beans), null)) {
      sum += ((Number) server.getAttribute(bean, attribute)).longValue();
    }
    return sum;
  }
}
