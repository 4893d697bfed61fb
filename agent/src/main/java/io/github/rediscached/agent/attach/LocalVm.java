package io.github.rediscached.agent.attach;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of this machine.
 *
 * @param user who runs it
 * @param main its main class or jar, as far as that is known
 */
public record LocalVm(long pid, String user, String main) {

  /**
   * The agent in a JVM.
   *
   * @param known whether the JVM could be asked
   * @param version null if there is none, or it is not known
   * @param since null likewise
   */
  public record Agent(boolean known, @Nullable String version, @Nullable Instant since) {

    static final Agent UNKNOWN = new Agent(false, null, null);
    static final Agent NONE = new Agent(true, null, null);

    /** Whether it is there for sure. */
    public boolean isThere() {
      return version != null;
    }
  }
}
