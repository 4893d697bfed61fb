package io.github.rediscached.agent.httpserver;

import io.github.rediscached.agent.http.HandlerRun;
import io.github.rediscached.agent.http.ResponseSink;
import io.github.rediscached.agent.http.Ticket;

/** The run of a handler whose end is waited for, and that sees the server's own exchange. */
record FollowedRun(HandlerRun run, ResponseSink sink) implements Ticket {

  @Override
  public void returned() {
    run.end(sink, false);
  }

  @Override
  public boolean threw() {
    return run.end(sink, true);
  }
}
