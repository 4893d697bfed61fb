package io.github.rediscached.agent.store;

import io.github.rediscached.agent.thread.Timer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** An answer of Redis for which no thread waits, until its deadline. */
final class LateAnswer implements SentScript.End {

  private final Link link;
  private final Request request;
  private final Failures failures;
  private final long sentNanos = System.nanoTime();
  private final CompletableFuture<byte[] @Nullable []> answer = new CompletableFuture<>();

  /** Told of failures, before who asks is. */
  interface Failures {

    void timedOut();

    void failed(Throwable failure);
  }

  /** Of a command, which is not sent yet. */
  LateAnswer(Link link, CommandType command, byte[][] arguments, Failures failures) {
    this.link = link;
    this.failures = failures;
    this.request =
        new Request(command, arguments) {
          @Override
          void answered(byte[] @Nullable [] value) {
            LateAnswer.this.answered(value);
          }

          @Override
          void failed(Throwable failure) {
            LateAnswer.this.failed(failure);
          }
        };
  }

  /** Of a script, which is not sent yet. */
  LateAnswer(Link link, Script script, byte[][] keys, byte[][] arguments, Failures failures) {
    this.link = link;
    this.failures = failures;
    this.request = new SentScript(link, script, keys, arguments, this);
  }

  /** Sends what is asked; never throws. */
  CompletableFuture<byte[] @Nullable []> send(Timer timer, long timeoutNanos) {
    send(null, timer, timeoutNanos, this);
    return answer;
  }

  /**
   * Sends what is asked on one connection, one right after the other; never throws.
   *
   * @param trackNext sent before the first, unless null
   */
  static void send(
      @Nullable TrackNext trackNext, Timer timer, long timeoutNanos, LateAnswer... all) {
    try {
      List<Request> requests = new ArrayList<>(all.length + 1);
      if (trackNext != null) {
        requests.add(trackNext);
      }
      for (LateAnswer one : all) {
        Future<?> deadline = timer.after(timeoutNanos, one::expired);
        var ignored = one.answer.whenComplete((value, failure) -> deadline.cancel(false));
        requests.add(one.request);
      }
      if (requests.size() == 1) {
        all[0].link.send(requests.get(0));
      } else {
        all[0].link.sendTogether(requests);
      }
    } catch (RuntimeException | Error e) {
      // No room for a thread, or for the request; who asks is told as of all that goes wrong.
      for (LateAnswer one : all) {
        if (one.request.end()) {
          one.failed(e);
        }
      }
    }
  }

  CompletableFuture<byte[] @Nullable []> answer() {
    return answer;
  }

  private void expired() {
    request.end();
    if (!answer.isDone()) {
      try {
        link.timedOut();
        failures.timedOut();
      } finally {
        // Whatever becomes of the counting, somebody waits.
        answer.completeExceptionally(StoreUnavailableException.timedOut());
      }
    }
  }

  @Override
  public void answered(byte[] @Nullable [] value) {
    link.answered();
    link.proven(sentNanos);
    answer.complete(value);
  }

  @Override
  public void failed(Throwable failure) {
    if (failure instanceof RedisCommandExecutionException) {
      link.answered();
    }
    if (!answer.isDone()) {
      try {
        failures.failed(failure);
      } finally {
        answer.completeExceptionally(StoreUnavailableException.failed(link.isOpen()));
      }
    }
  }
}
