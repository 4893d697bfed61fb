package io.github.rediscached.agent.jmx;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.CacheStats;
import io.github.rediscached.agent.stats.StatsRegistry;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Our beans in the platform MBean server. To load this class is to load JMX. For one thread. */
final class PlatformBeans {

  private static final String DOMAIN = "io.github.rediscached";

  private final AgentLog log;
  private final StatsRegistry caches;
  private final AgentView agent;
  private final MBeanServer server;
  private final Set<String> seenCaches = new HashSet<>();
  private final List<ObjectName> registered = new ArrayList<>();

  /**
   * Registers the beans of agent and Redis, and creates the platform MBean server if the
   * application has not done so: with the classes that the thread's context loader finds.
   */
  PlatformBeans(AgentLog log, StatsRegistry caches, AgentView agent, RedisView redis) {
    this.log = log;
    this.caches = caches;
    this.agent = agent;
    startLogging();
    this.server = ManagementFactory.getPlatformMBeanServer();
    register("type=Agent", AgentBean.of(agent));
    register("type=Redis", RedisBean.of(redis, caches, System::nanoTime));
  }

  /**
   * Has the application's logging start now. Creating the platform MBean server starts it anyhow,
   * but with ManagementFactory's lock held: if the application is just starting its logging on
   * another thread, and that logging registers beans of its own, each would wait for the other for
   * ever.
   */
  @SuppressWarnings("ReturnValueIgnored") // Asking is what starts it.
  private static void startLogging() {
    System.getLogger("javax.management").isLoggable(System.Logger.Level.TRACE);
  }

  /** Registers beans for the caches that have come up since the last time. */
  void registerNewCaches() {
    for (CacheStats stats : caches.all()) {
      if (seenCaches.add(stats.cache())) {
        register(
            "type=Cache,name=" + ObjectName.quote(stats.cache()),
            CacheBean.of(stats, agent::clear));
      }
    }
  }

  /** Removes what was registered here, not what others have registered under such names. */
  void unregister() {
    for (ObjectName name : registered) {
      try {
        server.unregisterMBean(name);
      } catch (JMException | RuntimeException e) {
        // Somebody else removed it: gone is gone.
      }
    }
    registered.clear();
  }

  private void register(String keys, DynamicMBean bean) {
    try {
      ObjectName name = new ObjectName(DOMAIN + ":" + keys);
      server.registerMBean(bean, name);
      registered.add(name);
    } catch (InstanceAlreadyExistsException e) {
      log.warnOnce(
          "jmx.exists",
          "The JMX bean "
              + DOMAIN
              + ":"
              + keys
              + " exists already, so its figures are not those of this agent. Is rediscached in"
              + " this JVM twice? Keep one -javaagent.");
    } catch (JMException | RuntimeException e) {
      log.warnOnce(
          "jmx.refused", "The JMX bean " + DOMAIN + ":" + keys + " was refused: " + e + ".");
    }
  }
}
