package io.github.rediscached.agent.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import net.bytebuddy.agent.ByteBuddyAgent;

/** Attaches with the JDK's module {@code jdk.attach}, on any system; Byte Buddy loads the agent. */
final class JdkVm implements RunningVm {

  private final long pid;
  private final VirtualMachine machine;

  private JdkVm(long pid, VirtualMachine machine) {
    this.pid = pid;
    this.machine = machine;
  }

  static JdkVm attach(long pid) throws IOException, AttachException {
    try {
      return new JdkVm(pid, VirtualMachine.attach(Long.toString(pid)));
    } catch (AttachNotSupportedException e) {
      throw Refusals.silent(pid, e);
    }
  }

  @Override
  public Properties systemProperties() throws IOException {
    return machine.getSystemProperties();
  }

  @Override
  public void loadAgent(Path jar, String argument) throws AttachException {
    try {
      ByteBuddyAgent.attach(jar.toFile(), Long.toString(pid), argument);
    } catch (RuntimeException e) {
      throw Refusals.agent(pid, e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public String jmxAddress() throws IOException {
    return machine.startLocalManagementAgent();
  }

  @Override
  public void close() {
    try {
      machine.detach();
    } catch (IOException e) {
      // It has ended.
    }
  }
}
