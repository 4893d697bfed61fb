package io.github.rediscached.agent.cli;

import io.github.rediscached.agent.attach.AttachException;
import io.github.rediscached.agent.attach.LocalVms;
import io.github.rediscached.agent.attach.RunningVm;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The agent's beans in a JVM of this machine, as commands read and operate them. */
final class RemoteBeans implements AutoCloseable {

  private static final String DOMAIN = "io.github.rediscached:";
  static final String AGENT = "type=Agent";

  /** The agent leaves an application alone with its JMX for half a second. */
  private static final long REGISTRATION_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final long pid;
  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private RemoteBeans(long pid, JMXConnector connector) throws IOException {
    this.pid = pid;
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
  }

  /** Connects to a JVM, which must have the agent. */
  @SuppressWarnings("BanJNDI") // The address is one of this machine, and the JVM itself tells it.
  static RemoteBeans of(long pid) throws AttachException, CommandException {
    try (RunningVm vm = LocalVms.attach(pid)) {
      if (!LocalVms.agentIn(vm).isThere()) {
        throw new CommandException(
            "the agent is not in JVM " + pid + ". Attach it, or start the JVM with -javaagent.");
      }
      RemoteBeans beans =
          new RemoteBeans(pid, JMXConnectorFactory.connect(new JMXServiceURL(vm.jmxAddress())));
      beans.awaitRegistration();
      return beans;
    } catch (IOException e) {
      throw new CommandException(
          "the beans of JVM " + pid + " can't be reached: " + e.getMessage());
    }
  }

  /**
   * In a JVM that has never used JMX the agent registers its beans only now, those of caches last.
   */
  private void awaitRegistration() throws IOException, CommandException {
    long beginNanos = System.nanoTime();
    while (caches().isEmpty() && System.nanoTime() - beginNanos < REGISTRATION_NANOS) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** How many invalidations Redis has not confirmed. */
  long pendingInvalidations() throws IOException, CommandException {
    try {
      Object number =
          server.getAttribute(new ObjectName(DOMAIN + "type=Redis"), "PendingInvalidations");
      return ((Number) number).longValue();
    } catch (JMException e) {
      throw unanswered(e);
    }
  }

  /** The name's part for a cache. */
  static String cache(String name) {
    return "type=Cache,name=" + ObjectName.quote(name);
  }

  /** The numbers of each cache, by name. */
  SortedMap<String, Map<String, Number>> caches() throws IOException, CommandException {
    SortedMap<String, Map<String, Number>> caches = new TreeMap<>();
    try {
      for (ObjectName name : server.queryNames(new ObjectName(DOMAIN + "type=Cache,*"), null)) {
        try {
          caches.put(ObjectName.unquote(name.getKeyProperty("name")), numbers(name));
        } catch (InstanceNotFoundException e) {
          // A reload has removed it, and brings it back.
        }
      }
      return caches;
    } catch (JMException e) {
      throw unanswered(e);
    }
  }

  private Map<String, Number> numbers(ObjectName name) throws JMException, IOException {
    String[] attributes = CacheFigure.names();
    Map<String, Number> numbers = new LinkedHashMap<>();
    for (Attribute attribute : server.getAttributes(name, attributes).asList()) {
      if (attribute.getValue() instanceof Number number) {
        numbers.put(attribute.getName(), number);
      }
    }
    return numbers;
  }

  /** Calls an operation with texts. */
  Object invoke(String keys, String operation, String... arguments)
      throws IOException, CommandException {
    String[] types = new String[arguments.length];
    Arrays.fill(types, String.class.getName());
    try {
      return server.invoke(new ObjectName(DOMAIN + keys), operation, arguments, types);
    } catch (InstanceNotFoundException e) {
      throw new CommandException(
          "JVM " + pid + " has no bean " + keys + ". stats " + pid + " shows its caches.");
    } catch (RuntimeMBeanException e) {
      throw new CommandException(String.valueOf(e.getTargetException().getMessage()));
    } catch (MBeanException e) {
      throw new CommandException(String.valueOf(e.getTargetException().getMessage()));
    } catch (JMException e) {
      throw unanswered(e);
    }
  }

  private CommandException unanswered(JMException e) {
    return new CommandException("the beans of JVM " + pid + " don't answer: " + e);
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The JVM has ended.
    }
  }
}
