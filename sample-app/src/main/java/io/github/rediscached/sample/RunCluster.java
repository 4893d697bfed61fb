package io.github.rediscached.sample;

/** Starts the shop with the agent, on an embedded Redis Cluster. */
public final class RunCluster {

  private RunCluster() {}

  /** Runs until the shop ends, and ends with its exit code. */
  public static void main(String[] commandLine) throws InterruptedException {
    var children = new Children();
    int exitCode;
    try {
      Launch launch = Launch.parse(commandLine);
      String redisUrl = EmbeddedCluster.url(children);
      System.out.println("A Redis Cluster of three masters: " + redisUrl);
      exitCode = children.start(launch.process(redisUrl).inheritIO()).waitFor();
    } catch (Failure e) {
      System.err.println(e.getMessage());
      exitCode = 1;
    }
    System.exit(exitCode);
  }
}
