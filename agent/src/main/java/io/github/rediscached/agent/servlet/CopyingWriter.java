package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Passes text on to the container's own writer, whose character set it is, and its bytes to the
 * exchange.
 */
final class CopyingWriter extends Writer {

  private final RecordedResponse response;
  private final Exchange exchange;
  private @Nullable PrintWriter real;
  private @Nullable Writer copy;

  CopyingWriter(RecordedResponse response) {
    this.response = response;
    this.exchange = response.exchange();
  }

  void use(PrintWriter containers) {
    real = containers;
  }

  void restart() {
    copy = null;
  }

  private PrintWriter real() throws IOException {
    PrintWriter present = real;
    if (present == null) {
      present = response.real().getWriter();
      real = present;
    }
    return present;
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    if (response.passes()) {
      real().write(text, from, length);
    }
    copy().write(text, from, length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    if (response.passes()) {
      real().write(text, from, length);
    }
    copy().write(text, from, length);
  }

  private Writer copy() throws IOException {
    Writer present = copy;
    if (present == null) {
      present = new OutputStreamWriter(new Bytes(exchange), response.getCharacterEncoding());
      copy = present;
    }
    return present;
  }

  @Override
  public void flush() throws IOException {
    if (response.passes()) {
      exchange.committed();
      real().flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (response.passes()) {
      real().close();
    }
  }

  boolean hasFailed() {
    PrintWriter present = real;
    // Asking flushes, so it would end the response's head.
    return present != null && response.real().isCommitted() && present.checkError();
  }

  /** The encoder may have kept something back. */
  void endCopy() {
    Writer present = copy;
    try {
      if (present != null) {
        present.flush();
      }
      if (hasFailed()) {
        response.broke();
      }
    } catch (IOException e) {
      response.broke();
    }
  }

  private static final class Bytes extends OutputStream {

    private final Exchange exchange;

    Bytes(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      exchange.copy(bytes, from, length);
    }
  }
}
