package io.github.rediscached.agent.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the JVMs of this machine, and attaches to them. The commands use it. */
public final class LocalVms {

  /** What the agent says of itself while it is in a JVM: its version, and since when. */
  public static final String AGENT_PROPERTY = "io.github.rediscached.agent";

  /** In {@code /proc/PID/status}: the signals that a process catches, a bit each. */
  private static final String CAUGHT = "SigCgt:";

  /** SIGQUIT is number 3. */
  private static final long QUIT = 1 << 2;

  /** Options of {@code java} whose value is the next word. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--add-modules",
          "--add-opens",
          "--add-exports",
          "--add-reads",
          "--limit-modules",
          "--upgrade-module-path",
          "--patch-module",
          "--source",
          "--enable-native-access");

  private LocalVms() {}

  /** All JVMs but this one, in the order of their numbers. */
  public static List<LocalVm> all() {
    List<LocalVm> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid() && isVm(process))
        .sorted(Comparator.comparingLong(ProcessHandle::pid))
        .forEach(process -> found.add(vm(process)));
    return found;
  }

  private static boolean isVm(ProcessHandle process) {
    String command = process.info().command().orElse("");
    String name =
        command.substring(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
    return name.equals("java") || name.equals("java.exe") || name.equals("javaw.exe");
  }

  private static LocalVm vm(ProcessHandle process) {
    return new LocalVm(
        process.pid(),
        process.info().user().orElse("?"),
        mainOf(process.info().arguments().orElse(new String[0])));
  }

  static String mainOf(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String word = arguments[i];
      boolean last = i + 1 == arguments.length;
      if ((word.equals("-jar") || word.equals("-m") || word.equals("--module")) && !last) {
        return arguments[i + 1];
      }
      if (WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-") && !word.startsWith("@")) {
        return word;
      }
    }
    return "?";
  }

  /** Whether it may be attached to: by its own user, and by root. */
  private static boolean isOurs(ProcessHandle process) {
    String us = ProcessHandle.current().info().user().orElse("?");
    return us.equals("root") || process.info().user().orElse("").equals(us);
  }

  /** What is known of the agent in a JVM; asks it, if it listens to us. */
  public static LocalVm.Agent agentOf(long pid) {
    try (RunningVm vm = attach(pid)) {
      return agentIn(vm);
    } catch (IOException | AttachException e) {
      return LocalVm.Agent.UNKNOWN;
    }
  }

  /** Whether the agent is in a JVM, of which version, and since when. */
  public static LocalVm.Agent agentIn(RunningVm vm) throws IOException, AttachException {
    String said = vm.systemProperties().getProperty(AGENT_PROPERTY);
    if (said == null) {
      return LocalVm.Agent.NONE;
    }
    int space = said.lastIndexOf(' ');
    try {
      return new LocalVm.Agent(
          true,
          said.substring(0, space),
          Instant.ofEpochMilli(Long.parseLong(said, space + 1, said.length(), 10)));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return LocalVm.Agent.UNKNOWN;
    }
  }

  /**
   * Attaches to a JVM.
   *
   * @throws AttachException if there is none of this number, or it is another user's, or does not
   *     listen
   */
  public static RunningVm attach(long pid) throws IOException, AttachException {
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(
                () ->
                    new AttachException(
                        "there is no process " + pid + ". The command list shows the JVMs."));
    if (!isOurs(process)) {
      String user = process.info().user().orElse("another user");
      throw new AttachException(
          "process "
              + pid
              + " is of "
              + user
              + ", and a JVM listens to its own user only. Run the"
              + " command as that user: sudo -u "
              + user
              + " java -jar …");
    }
    if (!listens(pid)) {
      throw new AttachException(
          "process "
              + pid
              + " does not listen: it has only just started, it was started with -Xrs, or it is no"
              + " JVM.");
    }
    return !hasModule() || isElsewhere(pid) ? SocketVm.attach(pid) : JdkVm.attach(pid);
  }

  /**
   * Whether a process catches the signal that makes a JVM listen; it would end any other process.
   * True where that can't be told, as on other systems than Linux.
   */
  private static boolean listens(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith(CAUGHT)) {
          return (Long.parseUnsignedLong(line.substring(CAUGHT.length()).strip(), 16) & QUIT) != 0;
        }
      }
      return true;
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  /**
   * Whether this JVM has the JDK's module for attaching; a JRE and most runtime images don't. Asked
   * here, since {@link JdkVm} can't be loaded without it.
   */
  private static boolean hasModule() {
    return ModuleLayer.boot().findModule("jdk.attach").isPresent();
  }

  /** Whether a JVM sees another file system, as in a container. */
  private static boolean isElsewhere(long pid) {
    Path here = mounts("self");
    Path there = mounts(Long.toString(pid));
    return here != null && there != null && !here.equals(there);
  }

  private static @Nullable Path mounts(String process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", process, "ns", "mnt"));
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /**
   * The jar as a JVM finds it: one in a container gets a copy in its own {@code /tmp}, which stays
   * there.
   */
  public static Path jarFor(long pid, Path jar) throws IOException {
    Path absolute = jar.toAbsolutePath();
    if (!isElsewhere(pid)) {
      return absolute;
    }
    Path folder = Path.of("/proc", Long.toString(pid), "root", "tmp");
    if (Files.isSymbolicLink(folder)) {
      // It would lead to a folder of this side.
      throw new IOException("/tmp in the container of process " + pid + " is a link");
    }
    Path inside = Path.of("/tmp", String.valueOf(absolute.getFileName()));
    Files.copy(
        absolute,
        folder.resolve(String.valueOf(absolute.getFileName())),
        StandardCopyOption.REPLACE_EXISTING);
    return inside;
  }
}
