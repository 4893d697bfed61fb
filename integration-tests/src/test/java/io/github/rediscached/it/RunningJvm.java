package io.github.rediscached.it;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that was started. Speaks with its application by lines. Closing ends it. */
final class RunningJvm implements AutoCloseable {

  private final Process process;
  private final Lines out;
  private final Lines err;

  private RunningJvm(Process process) {
    this.process = process;
    this.out = new Lines(process.getInputStream());
    this.err = new Lines(process.getErrorStream());
  }

  static RunningJvm start(ProcessBuilder builder) {
    try {
      return new RunningJvm(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Loads the agent into it, once its application runs. */
  RunningJvm attachAgent(String argument) {
    return attachAgent(Jvm.AGENT, argument);
  }

  /** Loads any agent into it. */
  RunningJvm attachAgent(Path jar, String argument) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid()));
      try {
        machine.loadAgent(jar.toString(), argument);
      } finally {
        machine.detach();
      }
      return this;
    } catch (AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException
        | IOException e) {
      throw new AssertionError("the agent can't be attached\n" + soFar(), e);
    }
  }

  /** Sends a line to the application's stdin. */
  RunningJvm send(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new AssertionError("the application is gone\n" + soFar(), e);
    }
  }

  /** Sends a line and returns the next one that the application says. */
  String ask(String line) {
    int heard = out.size();
    send(line);
    awaitLines(out, heard + 1);
    return out.get(heard);
  }

  /** Waits until the application has said so many lines on stdout since its start. */
  void awaitAnswers(int count) {
    awaitLines(out, count);
  }

  /** Waits for a line on stdout that begins so, and returns it. */
  String awaitOut(String beginning) {
    return await(out, beginning);
  }

  String awaitErr(String beginning) {
    return await(err, beginning);
  }

  private String await(Lines lines, String beginning) {
    List<String> found = new ArrayList<>();
    Eventually.eventually(
        "a line that begins with " + beginning,
        () -> {
          boolean ended = !process.isAlive();
          for (String line : lines.all()) {
            if (line.startsWith(beginning)) {
              found.add(line);
              return true;
            }
          }
          if (ended && lines.ended()) {
            throw new AssertionError("no line begins with " + beginning + "\n" + soFar());
          }
          return false;
        });
    return found.get(0);
  }

  private void awaitLines(Lines lines, int count) {
    Eventually.eventually(
        "line " + count,
        () -> {
          if (lines.size() < count && lines.ended()) {
            throw new AssertionError("the application has ended\n" + soFar());
          }
          return lines.size() >= count;
        });
  }

  /** Closes stdin and waits for the end. */
  Outcome awaitEnd() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended.
    }
    try {
      if (!process.waitFor(2 * Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end\n" + soFar());
      }
      out.join();
      err.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Outcome(process.exitValue(), out.all(), err.all());
  }

  Outcome soFar() {
    return new Outcome(-1, out.all(), err.all());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static final class Lines extends Thread {

    private final InputStream in;
    private final List<String> lines = new ArrayList<>();
    private volatile boolean ended;

    Lines(InputStream in) {
      this.in = in;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          synchronized (this) {
            lines.add(line);
          }
        }
      } catch (IOException e) {
        // The process was ended.
      } finally {
        ended = true;
      }
    }

    boolean ended() {
      return ended;
    }

    synchronized int size() {
      return lines.size();
    }

    synchronized String get(int index) {
      return lines.get(index);
    }

    synchronized List<String> all() {
      return new ArrayList<>(lines);
    }
  }
}
