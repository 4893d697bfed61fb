package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.ResponseSink;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response as filters have left it: what is written here goes to the client. */
final class ServletSink implements ResponseSink {

  final HttpServletResponse response;

  ServletSink(HttpServletResponse response) {
    this.response = response;
  }

  @Override
  public int status() {
    return response.getStatus();
  }

  @Override
  public void status(int status) {
    response.setStatus(status);
  }

  @Override
  public List<String> fields(String name) {
    Collection<String> lines = response.getHeaders(name);
    return lines == null ? List.of() : List.copyOf(lines);
  }

  @Override
  public void set(String name, String value) {
    if (name.equalsIgnoreCase("Content-Type")) {
      response.setContentType(value);
    } else if (name.equalsIgnoreCase("Content-Length")) {
      response.setContentLengthLong(Long.parseLong(value));
    } else {
      response.setHeader(name, value);
    }
  }

  @Override
  public void add(String name, String value) {
    response.addHeader(name, value);
  }

  @Override
  public @Nullable String contentType() {
    return response.getContentType();
  }

  @Override
  public boolean isCommitted() {
    return response.isCommitted();
  }

  @Override
  public void write(byte[] bytes, int from, int length, @Nullable String charset)
      throws IOException {
    if (charset == null) {
      response.getOutputStream().write(bytes, from, length);
    } else {
      if (!charset.equalsIgnoreCase(response.getCharacterEncoding())) {
        response.setCharacterEncoding(charset);
      }
      response.getWriter().write(new String(bytes, from, length, charset));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      response.getOutputStream().close();
    } catch (IllegalStateException e) {
      response.getWriter().close();
    }
  }
}
