package io.github.rediscached.agent.attach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Attaches to a HotSpot JVM on Linux without the JDK's module for it, and into containers: speaks
 * the protocol of HotSpot's {@code attachListener} over its Unix socket, {@code /tmp/.java_pid<n>}
 * as the JVM sees it. A JVM makes that socket when it gets SIGQUIT and finds the file {@code
 * .attach_pid<n>}; without the file it would print its threads.
 */
final class SocketVm implements RunningVm {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** For what an agent does when it starts, too. */
  private static final long ANSWER_MILLIS = TimeUnit.SECONDS.toMillis(60);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Of a file's mode. */
  private static final int FILE_TYPE = 0170000;

  private static final int SOCKET = 0140000;
  private static final int OPEN_TO_OTHERS = 0077;

  private static final String PROTOCOL = "1";
  private static final int ARGUMENTS = 3;
  private static final String JMX_ADDRESS = "com.sun.management.jmxremote.localConnectorAddress";

  private final long pid;
  private final Path socket;

  private SocketVm(long pid, Path socket) {
    this.pid = pid;
    this.socket = socket;
  }

  static SocketVm attach(long pid) throws IOException, AttachException {
    Path process = Path.of("/proc", Long.toString(pid));
    long inside = pidInside(process, pid);
    Path folder = process.resolve("root/tmp");
    Path socket = folder.resolve(".java_pid" + inside);
    if (Files.isSymbolicLink(folder)) {
      // In a container it would lead to a folder of this side.
      throw new AttachException("/tmp of process " + pid + " is a link, which is not followed.");
    }
    if (!Files.exists(socket)) {
      wake(pid, folder.resolve(".attach_pid" + inside), socket);
    }
    if (!isOfJvm(process, socket)) {
      throw new AttachException(
          socket + " is not of process " + pid + ", or open to others. Remove it and try again.");
    }
    return new SocketVm(pid, socket);
  }

  /** Whether the JVM itself has made the socket: another user could listen there. */
  private static boolean isOfJvm(Path process, Path socket) throws IOException {
    Object owner = Files.getAttribute(socket, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return owner.equals(Files.getAttribute(process, "unix:uid"))
        && (mode & FILE_TYPE) == SOCKET
        && (mode & OPEN_TO_OTHERS) == 0;
  }

  /** The number that the process has in its own container. */
  private static long pidInside(Path process, long pid) throws IOException {
    for (String line : Files.readAllLines(process.resolve("status"))) {
      if (line.startsWith("NSpid:")) {
        String[] numbers = line.substring("NSpid:".length()).strip().split("\\s+", -1);
        return Long.parseLong(numbers[numbers.length - 1]);
      }
    }
    return pid;
  }

  private static void wake(long pid, Path file, Path socket) throws IOException, AttachException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Another program is about to attach, too.
    }
    try {
      quit(pid);
      long beginNanos = System.nanoTime();
      while (!Files.exists(socket)) {
        if (System.nanoTime() - beginNanos > PATIENCE_NANOS) {
          throw Refusals.silent(pid, new IOException("no socket after 10 seconds"));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void quit(long pid) throws IOException {
    Process kill =
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).redirectErrorStream(true).start();
    try {
      String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (kill.waitFor() != 0) {
        throw new IOException("kill -QUIT " + pid + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public Properties systemProperties() throws IOException, AttachException {
    return properties("properties");
  }

  private Properties properties(String command) throws IOException, AttachException {
    Properties properties = new Properties();
    properties.load(new StringReader(ask(command)));
    return properties;
  }

  @Override
  public void loadAgent(Path jar, String argument) throws IOException, AttachException {
    String answer = ask("load", "instrument", "false", jar + "=" + argument).strip();
    // Since JDK 9 in words; 0 is success.
    String code = answer.startsWith("return code: ") ? answer.substring(13) : answer;
    if (!code.equals("0")) {
      throw Refusals.agent(pid, answer, new IOException(answer));
    }
  }

  @Override
  public String jmxAddress() throws IOException, AttachException {
    String address = properties("agentProperties").getProperty(JMX_ADDRESS);
    if (address == null) {
      String answer = ask("jcmd", "ManagementAgent.start_local");
      address = properties("agentProperties").getProperty(JMX_ADDRESS);
      if (address == null) {
        throw new AttachException("JVM " + pid + " does not show its beans: " + answer.strip());
      }
    }
    return address;
  }

  /** A command has a connection of its own. */
  private String ask(String command, String... arguments) throws IOException, AttachException {
    ByteArrayOutputStream question = new ByteArrayOutputStream();
    put(question, PROTOCOL);
    put(question, command);
    for (int i = 0; i < ARGUMENTS; i++) {
      put(question, i < arguments.length ? arguments[i] : "");
    }
    String answer;
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer left = ByteBuffer.wrap(question.toByteArray());
      while (left.hasRemaining()) {
        channel.write(left);
      }
      answer = readAll(channel);
    } catch (ConnectException e) {
      throw Refusals.silent(pid, e);
    }
    int line = answer.indexOf('\n');
    String status = line < 0 ? answer : answer.substring(0, line);
    String said = line < 0 ? "" : answer.substring(line + 1);
    if (!status.equals("0")) {
      throw Refusals.agent(
          pid, said.isBlank() ? "status " + status : said.strip(), new IOException(answer));
    }
    return said;
  }

  private static void put(ByteArrayOutputStream question, String text) throws IOException {
    question.write(text.getBytes(StandardCharsets.UTF_8));
    question.write(0);
  }

  private static String readAll(SocketChannel channel) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer part = ByteBuffer.allocate(8_192);
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      int read = 0;
      while (read >= 0) {
        if (selector.select(ANSWER_MILLIS) == 0) {
          throw new IOException("the JVM gives no answer");
        }
        selector.selectedKeys().clear();
        read = channel.read(part);
        answer.write(part.array(), 0, part.position());
        part.clear();
      }
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {}
}
