package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The agent's beans in another JVM, read as JConsole reads them, without the agent's jar. */
final class Beans implements AutoCloseable {

  static final String AGENT = "type=Agent";
  static final String REDIS = "type=Redis";

  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private Beans(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
  }

  /** Attaches to a JVM whose application runs already, and waits for the agent's beans. */
  static Beans of(RunningJvm jvm) {
    Beans beans = ofAny(jvm);
    beans.await(AGENT);
    return beans;
  }

  /** Attaches to a JVM whose application runs already, and may have no agent. */
  @SuppressWarnings("BanJNDI") // The address is that of a JVM that the test has started.
  static Beans ofAny(RunningJvm jvm) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
      try {
        return new Beans(
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One of the JVM's own beans. */
  <T extends PlatformManagedObject> T platform(String name, Class<T> type) {
    try {
      return ManagementFactory.newPlatformMXBeanProxy(server, name, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks a question until it is answered from the JVM's memory. */
  static void awaitNearHit(RunningJvm jvm, String cache, String question) {
    try (Beans beans = of(jvm)) {
      eventually(
          "a hit in memory",
          () -> {
            long before = beans.count(cache, "NearHits");
            jvm.ask(question);
            return beans.count(cache, "NearHits") > before;
          });
    }
  }

  /** Connects to the port of a JVM's remote JMX, and waits for the agent's beans. */
  @SuppressWarnings("BanJNDI") // As above.
  static Beans ofPort(int port) {
    try {
      Beans beans =
          new Beans(
              JMXConnectorFactory.connect(
                  new JMXServiceURL(
                      "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi")));
      beans.await(AGENT);
      return beans;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name's part for a cache. */
  static String cache(String name) {
    return "type=Cache,name=" + ObjectName.quote(name);
  }

  /** Waits for a bean. */
  void await(String keys) {
    eventually("the bean " + keys, () -> server.isRegistered(name(keys)));
  }

  /** Of the agent's beans. */
  Set<ObjectName> names() {
    try {
      return server.queryNames(name("*"), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Object get(String keys, String attribute) {
    await(keys);
    try {
      return server.getAttribute(name(keys), attribute);
    } catch (JMException e) {
      throw new AssertionError(keys + " " + attribute, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A figure of a cache. */
  long count(String cache, String attribute) {
    return (Long) get(cache(cache), attribute);
  }

  /** A list of texts. */
  List<String> texts(String keys, String attribute) {
    return Arrays.asList((String[]) get(keys, attribute));
  }

  void set(String keys, String attribute, Object value) {
    try {
      server.setAttribute(name(keys), new Attribute(attribute, value));
    } catch (JMException e) {
      throw new AssertionError(keys + " " + attribute, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the operation does. */
  Object invoke(String keys, String operation, String... arguments) {
    String[] types = new String[arguments.length];
    Arrays.fill(types, String.class.getName());
    await(keys);
    try {
      return server.invoke(name(keys), operation, arguments, types);
    } catch (JMException e) {
      throw new AssertionError(keys + " " + operation, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a thread of the JVM has this name. */
  boolean hasThread(String name) {
    ThreadMXBean threads = platform(ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .anyMatch(thread -> thread != null && thread.getThreadName().equals(name));
  }

  MBeanInfo info(String keys) {
    await(keys);
    try {
      return server.getMBeanInfo(name(keys));
    } catch (JMException e) {
      throw new AssertionError(keys, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The JVM has ended.
    }
  }

  private static ObjectName name(String keys) {
    try {
      return new ObjectName("io.github.rediscached:" + keys);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
