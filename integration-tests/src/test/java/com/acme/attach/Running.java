package com.acme.attach;

import com.acme.console.Console;
import io.github.rediscached.RedisCached;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Has called its methods many times when the agent comes. */
public final class Running implements Greeter {

  private int runs;

  private Running() {}

  @RedisCached(cache = "greetings")
  String greet(String name) {
    runs++;
    return "Hello " + name;
  }

  @Override
  public String greetAll(String names) {
    runs++;
    return "Hello " + names;
  }

  public static void main(String[] arguments) throws IOException {
    Running running = new Running();
    for (int i = 0; i < 20_000; i++) {
      running.greet("nobody");
    }
    running.runs = 0;
    new Console()
        .on("greet", name -> running.greet(name) + " #" + running.runs)
        .on("greetAll", names -> running.greetAll(names) + " #" + running.runs)
        .on("jmx", ignored -> ManagementFactory.getPlatformMBeanServer().getDefaultDomain())
        .serve();
  }
}
