package io.github.rediscached.agent.store;

import io.github.rediscached.agent.thread.Timer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** An answer of Redis for which no thread waits, until its deadline. */
final class LateAnswer implements SentScript.End {

  private final Link link;
  private final Failures failures;
  private final long sentNanos = System.nanoTime();
  private final CompletableFuture<byte[] @Nullable []> answer = new CompletableFuture<>();

  /** What is made of a failure, once it has been counted. */
  interface Failures {

    StoreUnavailableException timedOut();

    StoreUnavailableException failed(Link link, Throwable failure);
  }

  private LateAnswer(Link link, Failures failures) {
    this.link = link;
    this.failures = failures;
  }

  /**
   * Of a command.
   *
   * @param trackNext sent right before it, unless null
   */
  static CompletableFuture<byte[] @Nullable []> of(
      Link link,
      @Nullable TrackNext trackNext,
      CommandType command,
      byte[][] arguments,
      Timer timer,
      long timeoutNanos,
      Failures failures) {
    LateAnswer late = new LateAnswer(link, failures);
    return late.to(
        trackNext,
        new Request(command, arguments) {
          @Override
          void answered(byte[] @Nullable [] answer) {
            late.answered(answer);
          }

          @Override
          void failed(Throwable failure) {
            late.failed(failure);
          }
        },
        timer,
        timeoutNanos);
  }

  /** Of a script. */
  static CompletableFuture<byte[] @Nullable []> of(
      Link link,
      Script script,
      byte[][] keys,
      byte[][] arguments,
      Timer timer,
      long timeoutNanos,
      Failures failures) {
    LateAnswer late = new LateAnswer(link, failures);
    return late.to(null, new SentScript(link, script, keys, arguments, late), timer, timeoutNanos);
  }

  private CompletableFuture<byte[] @Nullable []> to(
      @Nullable TrackNext trackNext, Request request, Timer timer, long timeoutNanos) {
    try {
      Future<?> deadline = timer.after(timeoutNanos, () -> expired(request));
      var ignored = answer.whenComplete((value, failure) -> deadline.cancel(false));
      if (trackNext == null) {
        link.send(request);
      } else {
        link.sendTogether(List.of(trackNext, request));
      }
    } catch (RuntimeException | Error e) {
      // No room for a thread, or for the request; who asks is told as of all that goes wrong.
      if (request.end()) {
        failed(e);
      }
    }
    return answer;
  }

  private void expired(Request request) {
    request.end();
    if (!answer.isDone()) {
      link.timedOut();
      answer.completeExceptionally(failures.timedOut());
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
      answer.completeExceptionally(failures.failed(link, failure));
    }
  }
}
