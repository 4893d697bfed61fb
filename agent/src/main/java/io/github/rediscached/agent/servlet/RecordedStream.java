package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.Exchange;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Passes each part of the body on at once, and a copy of it to the exchange. */
final class RecordedStream extends ServletOutputStream {

  private final RecordedResponse response;
  private final Exchange exchange;
  private @Nullable ServletOutputStream real;
  private @Nullable WriteListener listener;

  RecordedStream(RecordedResponse response) {
    this.response = response;
    this.exchange = response.exchange();
  }

  /** The container's stream; it is asked for later where the answer is held back. */
  void use(ServletOutputStream containers) {
    real = containers;
  }

  private ServletOutputStream real() throws IOException {
    ServletOutputStream present = real;
    if (present == null) {
      present = response.real().getOutputStream();
      real = present;
    }
    return present;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (response.passes()) {
      try {
        real().write(bytes, from, length);
      } catch (IOException e) {
        response.broke();
        throw e;
      }
    }
    exchange.copy(bytes, from, length);
  }

  @Override
  public void flush() throws IOException {
    if (response.passes()) {
      exchange.committed();
      try {
        real().flush();
      } catch (IOException e) {
        response.broke();
        throw e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (response.passes()) {
      try {
        real().close();
      } catch (IOException e) {
        response.broke();
        throw e;
      }
    }
  }

  @Override
  public boolean isReady() {
    try {
      return !isToClient() || real().isReady();
    } catch (IOException e) {
      response.broke();
      return true;
    }
  }

  @Override
  public void setWriteListener(WriteListener given) {
    try {
      if (isToClient()) {
        real().setWriteListener(new Listener(given));
      } else {
        listener = given;
      }
    } catch (IOException e) {
      response.broke();
      given.onError(e);
    }
  }

  /** Where the answer goes to no client, its listener may write when the handler has returned. */
  void tellListener() {
    WriteListener present = listener;
    listener = null;
    if (present != null) {
      try {
        present.onWritePossible();
      } catch (IOException e) {
        response.broke();
        present.onError(e);
      }
    }
  }

  /** Learns of a client that has gone. */
  private final class Listener implements WriteListener {

    private final WriteListener handlers;

    Listener(WriteListener handlers) {
      this.handlers = handlers;
    }

    @Override
    public void onWritePossible() throws IOException {
      handlers.onWritePossible();
    }

    @Override
    public void onError(Throwable failure) {
      response.broke();
      handlers.onError(failure);
    }
  }

  /** Also while it is not decided yet: the container's stream tells when it can take more. */
  private boolean isToClient() {
    return exchange.way() != Exchange.Way.DISCARDED && !exchange.isInBackground();
  }
}
