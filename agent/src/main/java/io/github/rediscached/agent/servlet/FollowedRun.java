package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.HandlerRun;
import io.github.rediscached.agent.http.ResponseSink;
import io.github.rediscached.agent.http.Ticket;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.http.HttpServletRequest;

/** The run of a handler whose end is waited for, and that sees the container's own objects. */
final class FollowedRun extends AsyncEnd implements Ticket {

  private final HandlerRun run;
  private final HttpServletRequest request;
  private final ResponseSink sink;

  FollowedRun(HandlerRun run, HttpServletRequest request, ResponseSink sink) {
    this.run = run;
    this.request = request;
    this.sink = sink;
  }

  @Override
  public void returned() {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(this);
        return;
      }
    } catch (IllegalStateException e) {
      // It has completed meanwhile.
    }
    run.end(sink, false);
  }

  @Override
  public boolean threw() {
    return run.end(sink, true);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    run.end(sink, failed);
  }
}
