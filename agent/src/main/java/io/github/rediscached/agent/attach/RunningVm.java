package io.github.rediscached.agent.attach;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JVM that listens to us: by the JDK's own attaching ({@link JdkVm}), or without it ({@link
 * SocketVm}). {@link LocalVms#attach} gives it.
 */
public interface RunningVm extends AutoCloseable {

  /** The system properties as they are there now. */
  Properties systemProperties() throws IOException, AttachException;

  /**
   * Has the JVM load an agent.
   *
   * @param jar as the JVM finds it, in its own file system
   */
  void loadAgent(Path jar, String argument) throws IOException, AttachException;

  /** Where its beans can be asked, for programs of this machine; starts what answers there. */
  String jmxAddress() throws IOException, AttachException;

  @Override
  void close();
}
