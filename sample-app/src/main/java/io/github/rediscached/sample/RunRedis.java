package io.github.rediscached.sample;

/** Starts an embedded Redis on Redis's own port and nothing else, for trying things out. */
public final class RunRedis {

  private static final int PORT = 6379;

  private RunRedis() {}

  /** Runs until it is interrupted. */
  public static void main(String[] commandLine) throws InterruptedException {
    int exitCode;
    try {
      if (EmbeddedRedis.answers(PORT)) {
        throw new Failure("There is a Redis on port " + PORT + " already. Use that one.");
      }
      Process redis = EmbeddedRedis.start(new Children(), PORT, Launch.TARGET.resolve("redis.log"));
      System.out.println("Redis answers on redis://localhost:" + PORT + ". Ctrl-C ends it.");
      exitCode = redis.waitFor();
    } catch (Failure e) {
      System.err.println(e.getMessage());
      exitCode = 1;
    }
    System.exit(exitCode);
  }
}
