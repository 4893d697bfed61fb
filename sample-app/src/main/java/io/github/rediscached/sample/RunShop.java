package io.github.rediscached.sample;

/** Starts the shop with the agent, beside an embedded Redis unless {@code REDIS_URL} is set. */
public final class RunShop {

  private RunShop() {}

  /** Runs until the shop ends, and ends with its exit code. */
  public static void main(String[] commandLine) throws InterruptedException {
    var children = new Children();
    int exitCode;
    try {
      Launch launch = Launch.parse(commandLine);
      String redisUrl = EmbeddedRedis.url(children, Launch.TARGET.resolve("redis.log"));
      exitCode = children.start(launch.process(redisUrl).inheritIO()).waitFor();
    } catch (Failure e) {
      System.err.println(e.getMessage());
      exitCode = 1;
    }
    System.exit(exitCode);
  }
}
