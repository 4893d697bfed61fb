package io.github.rediscached.sample;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.time.Duration;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads the agent's beans in another process, as JConsole does. */
final class CacheBeans implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What a cache has counted. */
  record Counts(long hits, long misses) {

    Counts since(Counts earlier) {
      return new Counts(hits - earlier.hits, misses - earlier.misses);
    }

    /** 0..1, 0 without requests. */
    double hitRate() {
      return hits == 0 ? 0 : (double) hits / (hits + misses);
    }
  }

  private final JMXConnector connector;

  private CacheBeans(JMXConnector connector) {
    this.connector = connector;
  }

  /**
   * Connects to a process of the same user.
   *
   * @throws Failure if it does not let us
   */
  @SuppressWarnings("BanJNDI") // The address names no JNDI directory: a process of ours gave it.
  static CacheBeans of(Process process) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
      try {
        String address = machine.startLocalManagementAgent();
        return new CacheBeans(JMXConnectorFactory.connect(new JMXServiceURL(address)));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException e) {
      throw new Failure("Could not read the shop's JMX beans: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a cache's counts. The agent registers its beans in the background, so this waits a while.
   *
   * @throws Failure if there is no such bean
   */
  Counts counts(String cache) {
    Deadline deadline = new Deadline(PATIENCE);
    while (true) {
      try {
        var bean =
            new ObjectName("io.github.rediscached:type=Cache,name=" + ObjectName.quote(cache));
        var connection = connector.getMBeanServerConnection();
        return new Counts(
            ((Number) connection.getAttribute(bean, "Hits")).longValue(),
            ((Number) connection.getAttribute(bean, "Misses")).longValue());
      } catch (InstanceNotFoundException e) {
        if (deadline.passed()) {
          throw new Failure(
              "The agent has no JMX bean for the cache \"" + cache + "\": nothing is cached", e);
        }
        deadline.pause();
      } catch (JMException | IOException e) {
        throw new Failure("Could not read the cache \"" + cache + "\" over JMX: " + e, e);
      }
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException theProcessHasEnded) {
      // Nothing is left to close.
    }
  }
}
