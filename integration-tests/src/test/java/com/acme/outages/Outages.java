package com.acme.outages;

import com.acme.console.Console;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Calls a cached method and says what came of it: the result, the runs of the method so far,
 * whether the thread is interrupted, and the milliseconds that the call took.
 */
public final class Outages {

  private final Rates rates = new Rates();
  private Thread caller = new Thread();
  private volatile String later = "";

  private Outages() {}

  public static void main(String[] arguments) throws IOException {
    new Outages().console().serve();
  }

  private Console console() {
    return new Console()
        .on("ping", ignored -> "pong")
        .on("rate", this::rate)
        .on("interrupted", this::rateInterrupted)
        .on("begin", this::begin)
        .on("state", ignored -> caller.getState())
        .on("end", ignored -> end());
  }

  private String rate(String currency) {
    long start = System.nanoTime();
    String rate = rates.rate(currency);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return rate + " " + rates.runs + " " + Thread.currentThread().isInterrupted() + " " + millis;
  }

  private String rateInterrupted(String currency) {
    Thread.currentThread().interrupt();
    try {
      return rate(currency);
    } finally {
      Thread.interrupted();
    }
  }

  /** Calls on another thread. */
  private String begin(String currency) {
    caller = new Thread(() -> later = rate(currency));
    caller.start();
    return "begun";
  }

  private String end() throws InterruptedException {
    caller.join();
    return later;
  }
}
