package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.Exchange;
import io.github.rediscached.agent.http.ResponseSink;
import io.github.rediscached.agent.http.Ticket;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The run of a handler whose answer is recorded, with the wrappers that it sees. It ends with the
 * handler; where that goes on asynchronously, when its context is completed, or with the handler of
 * a later dispatch; and after a forward, since the container closes the response then.
 */
final class RecordedRun extends AsyncEnd implements Ticket {

  private final Exchange exchange;
  private final HttpServletRequest asked;
  private final ResponseSink sink;
  private final RecordedRequest request;
  private final RecordedResponse response;

  /** Whether it goes on asynchronously, with no further handler at work. */
  private volatile boolean isOpen;

  private volatile boolean isDispatched;

  RecordedRun(Exchange exchange, HttpServletRequest asked, ServletSink sink) {
    this.exchange = exchange;
    this.asked = asked;
    this.sink = sink;
    this.response = new RecordedResponse(sink, exchange);
    this.request = new RecordedRequest(asked, exchange, this);
  }

  RecordedResponse response() {
    return response;
  }

  @Override
  public Object request(Object original) {
    return request;
  }

  @Override
  public Object response(Object original) {
    return response;
  }

  @Override
  public void returned() {
    if (!isOpen) {
      end();
    } else if (exchange.isInBackground()) {
      response.tellListener();
    }
  }

  /** The handler has said all. */
  void end() {
    try {
      response.end();
    } catch (Throwable e) {
      failed = true;
    }
    exchange.end(sink, failed || response.isBroken());
  }

  @Override
  public boolean threw() {
    return exchange.end(sink, true);
  }

  /** Its asynchronous part begins. */
  void startsAsync(AsyncContext context) {
    isOpen = true;
    asked.setAttribute(CachingServlets.ATTRIBUTE, this);
    context.addListener(this);
  }

  /** Whether a handler has been forwarded to, or dispatched to. */
  boolean isDispatched() {
    return isDispatched;
  }

  /** A handler whose answer becomes a part of that of another one, and can't change its head. */
  Ticket included() {
    response.include(true);
    return new Ticket() {
      @Override
      public void returned() {
        response.include(false);
      }

      @Override
      public boolean threw() {
        response.include(false);
        return false;
      }
    };
  }

  /**
   * A further handler that goes on with the same answer, with the objects that it was given.
   *
   * @param dispatched whether the first one has returned; else it sees what this one throws
   */
  Ticket goingOn(boolean dispatched) {
    isOpen = false;
    isDispatched = true;
    return new Ticket() {
      @Override
      public void returned() {
        RecordedRun.this.returned();
      }

      @Override
      public boolean threw() {
        return dispatched && RecordedRun.this.threw();
      }
    };
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end();
  }
}
