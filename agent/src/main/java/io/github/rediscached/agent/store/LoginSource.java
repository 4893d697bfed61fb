package io.github.rediscached.agent.store;

import io.github.rediscached.agent.thread.DaemonThreads;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Where user and password come from. {@link RotatingLogin} asks it again and again. */
interface LoginSource {

  /**
   * Asks for them anew.
   *
   * @throws LoginUnknownException if they can't be had
   */
  Login read();

  /** A file, such as one that Kubernetes or Vault replaces. */
  static LoginSource file(String path) {
    return () -> {
      try (InputStream in = new FileInputStream(path)) {
        return Login.parse(in.readNBytes(Login.MAX_BYTES + 1), "the file of `redis.credentials`");
      } catch (IOException e) {
        throw new LoginUnknownException("the file of `redis.credentials` can't be read");
      }
    };
  }

  /** What a command writes to its standard output, within ten seconds. */
  static LoginSource command(List<String> words) {
    return new Command(words);
  }

  /** Runs a command without a shell. Its errors are dropped: they may quote a secret. */
  final class Command implements LoginSource {

    private static final long PATIENCE_SECONDS = 10;

    private final List<String> words;

    private Command(List<String> words) {
      this.words = words;
    }

    @Override
    public Login read() {
      Process process;
      try {
        process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      } catch (IOException e) {
        throw failed("can't be started");
      }
      try {
        process.getOutputStream().close();
        return Login.parse(
            outputOf(process), "what the command of `redis.credentials` has written");
      } catch (IOException e) {
        throw failed("can't be read from");
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }

    private static byte[] outputOf(Process process) {
      AtomicReference<byte[]> output = new AtomicReference<>(new byte[0]);
      // A process may hold its output open for ever, so only a thread of its own may read it.
      Thread reader =
          DaemonThreads.named(
              "rediscached-credentials-command",
              () -> {
                try (InputStream in = process.getInputStream()) {
                  output.set(in.readNBytes(Login.MAX_BYTES + 1));
                } catch (IOException e) {
                  // As if it had written nothing.
                }
              });
      reader.start();
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw failed("has not ended within " + PATIENCE_SECONDS + " seconds");
        }
        reader.join(TimeUnit.SECONDS.toMillis(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed("was interrupted");
      }
      if (process.exitValue() != 0) {
        throw failed("has ended with exit code " + process.exitValue());
      }
      return Objects.requireNonNull(output.get());
    }

    private static LoginUnknownException failed(String how) {
      return new LoginUnknownException("the command of `redis.credentials` " + how);
    }
  }
}
