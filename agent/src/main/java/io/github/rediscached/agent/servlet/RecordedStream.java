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

  /**
   * @param real null while the answer is held back
   */
  RecordedStream(RecordedResponse response, @Nullable ServletOutputStream real) {
    this.response = response;
    this.exchange = response.exchange();
    this.real = real;
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
      real().flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (response.passes()) {
      real().close();
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
  public void setWriteListener(WriteListener listener) {
    try {
      if (isToClient()) {
        real().setWriteListener(listener);
      } else {
        listener.onWritePossible();
      }
    } catch (IOException e) {
      response.broke();
      listener.onError(e);
    }
  }

  /** Also while it is not decided yet: the container's stream tells when it can take more. */
  private boolean isToClient() {
    return exchange.way() != Exchange.Way.DISCARDED && !exchange.isInBackground();
  }
}
