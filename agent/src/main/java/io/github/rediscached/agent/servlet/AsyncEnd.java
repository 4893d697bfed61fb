package io.github.rediscached.agent.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Learns how the asynchronous part of a handler ends, through each of its further cycles. */
abstract class AsyncEnd implements AsyncListener {

  /** Whether something has gone wrong so far. */
  volatile boolean failed;

  @Override
  public final void onTimeout(AsyncEvent event) {
    failed = true;
  }

  @Override
  public final void onError(AsyncEvent event) {
    failed = true;
  }

  @Override
  public final void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
