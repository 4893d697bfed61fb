package io.github.rediscached.agent.servlet;

import io.github.rediscached.agent.http.Exchange;
import io.github.rediscached.agent.http.Exchange.Way;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response that a recorded handler writes. What it says goes to the container's response at
 * once, and the exchange keeps a copy; while the exchange holds the answer back, it goes there with
 * the first byte, or not at all.
 */
final class RecordedResponse extends HttpServletResponseWrapper {

  /** Something that the handler has asked of the response. */
  private interface Change {

    void make(HttpServletResponse response) throws IOException;
  }

  private static final String LATIN_1 = "ISO-8859-1";

  private final ServletSink sink;
  private final HttpServletResponse real;
  private final Exchange exchange;
  private final List<Change> held = new ArrayList<>();
  private @Nullable RecordedStream stream;
  private @Nullable RecordedWriter writer;
  private boolean usesStream;
  private boolean usesWriter;
  private boolean begun;
  private boolean broken;
  private int included;

  RecordedResponse(ServletSink sink, Exchange exchange) {
    super(sink.response);
    this.sink = sink;
    this.real = sink.response;
    this.exchange = exchange;
  }

  Exchange exchange() {
    return exchange;
  }

  HttpServletResponse real() {
    return real;
  }

  /** Whether a part of the answer could not be written. */
  boolean isBroken() {
    return broken;
  }

  void broke() {
    broken = true;
  }

  /** Another handler's answer becomes a part of this one, until that has ended. */
  void include(boolean begins) {
    included += begins ? 1 : -1;
  }

  /** In the background no container tells a listener that it may write. */
  void tellListener() {
    RecordedStream present = stream;
    if (present != null) {
      present.tellListener();
    }
  }

  /** The handler has said all. */
  void end() throws IOException {
    RecordedWriter present = writer;
    if (present != null) {
      present.endCopy();
    }
    passes();
  }

  /** The answer begins, if it has not yet: whether it goes to the client. */
  boolean passes() throws IOException {
    if (!begun) {
      begun = true;
      boolean wasHeld = exchange.way() == Way.HELD;
      if (exchange.begin() == Way.PASSED) {
        if (wasHeld) {
          for (Change change : held) {
            change.make(real);
          }
          held.clear();
        }
        exchange.beforeFirstByte(sink);
      }
    }
    return exchange.way() == Way.PASSED;
  }

  private boolean isPassed() {
    return exchange.way() == Way.PASSED;
  }

  /** Whether the head can't be changed: the client has it, or the handler is an included one. */
  private boolean isTooLate() {
    return included > 0 || (isPassed() && real.isCommitted());
  }

  private void change(Change change) {
    if (included > 0) {
      return;
    }
    switch (exchange.way()) {
      case HELD -> held.add(change);
      case PASSED -> {
        try {
          change.make(real);
        } catch (IOException e) {
          broken = true;
        }
      }
      case DISCARDED -> {}
    }
  }

  // The head

  @Override
  public void setStatus(int status) {
    if (!isTooLate()) {
      exchange.status(status);
      change(response -> response.setStatus(status));
    }
  }

  /** Up to version 5.0 of the API; the phrase has no meaning since HTTP/2. */
  @SuppressWarnings("unused")
  public void setStatus(int status, @Nullable String phrase) {
    setStatus(status);
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (name != null && !isTooLate()) {
      exchange.fields().set(name, value);
      change(response -> response.setHeader(name, value));
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (name != null && value != null && !isTooLate()) {
      exchange.fields().add(name, value);
      change(response -> response.addHeader(name, value));
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long value) {
    setHeader(name, exchange.dateOf(value));
  }

  @Override
  public void addDateHeader(String name, long value) {
    addHeader(name, exchange.dateOf(value));
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (included > 0) {
      return;
    }
    exchange.refuse("set-cookie");
    change(response -> response.addCookie(cookie));
  }

  @Override
  public void setContentType(@Nullable String type) {
    if (!isTooLate()) {
      exchange.fields().set("Content-Type", type);
      change(response -> response.setContentType(type));
    }
  }

  @Override
  public void setContentLength(int length) {
    setContentLengthLong(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    if (!isTooLate()) {
      exchange.fields().set("Content-Length", Long.toString(length));
      change(response -> response.setContentLengthLong(length));
    }
  }

  /** A container takes no other character set once there is a writer. */
  @Override
  public void setCharacterEncoding(@Nullable String charset) {
    if (!usesWriter && !isTooLate()) {
      exchange.charset(charset);
      change(response -> response.setCharacterEncoding(charset));
    }
  }

  @Override
  public void setLocale(@Nullable Locale locale) {
    if (locale != null && !isTooLate()) {
      // Containers keep it apart from the fields until they send them.
      exchange.fields().set("Content-Language", locale.toLanguageTag());
    }
    change(response -> response.setLocale(locale));
  }

  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    exchange.refuse("trailers");
    change(response -> response.setTrailerFields(supplier));
  }

  @Override
  public int getStatus() {
    return isPassed() ? real.getStatus() : exchange.status();
  }

  @Override
  public boolean containsHeader(String name) {
    return (!isPassed() && exchange.fields().has(name)) || real.containsHeader(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    String own = isPassed() ? null : exchange.fields().first(name);
    return own == null ? real.getHeader(name) : own;
  }

  @Override
  public Collection<String> getHeaders(String name) {
    List<String> own = isPassed() ? List.of() : exchange.fields().all(name);
    return own.isEmpty() ? real.getHeaders(name) : own;
  }

  @Override
  public Collection<String> getHeaderNames() {
    if (isPassed()) {
      return real.getHeaderNames();
    }
    Set<String> names = new LinkedHashSet<>(real.getHeaderNames());
    names.addAll(exchange.fields().names());
    return names;
  }

  @Override
  public @Nullable String getContentType() {
    String own = isPassed() ? null : exchange.fields().first("Content-Type");
    return own == null ? real.getContentType() : own;
  }

  @Override
  public String getCharacterEncoding() {
    String type = isPassed() ? null : exchange.fields().first("Content-Type");
    String own = type == null ? null : charsetIn(type);
    if (own != null) {
      return own;
    }
    String charset = real.getCharacterEncoding();
    return charset == null ? LATIN_1 : charset;
  }

  private static @Nullable String charsetIn(String type) {
    int at = type.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) {
      return null;
    }
    String charset = type.substring(at + "charset=".length()).strip();
    int end = charset.indexOf(';');
    charset = (end < 0 ? charset : charset.substring(0, end)).strip().replace("\"", "");
    return charset.isEmpty() ? null : charset;
  }

  @Override
  public boolean isCommitted() {
    return isPassed() ? real.isCommitted() : begun;
  }

  // Ends and new beginnings

  @Override
  public void flushBuffer() throws IOException {
    if (passes()) {
      exchange.committed();
      try {
        real.flushBuffer();
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }
  }

  @Override
  public void reset() {
    if (included > 0) {
      return;
    }
    switch (exchange.way()) {
      case HELD -> {
        held.clear();
        held.add(HttpServletResponse::reset);
      }
      case PASSED -> real.reset();
      case DISCARDED -> {}
    }
    exchange.restart(true);
    forgetWritten();
    usesStream = false;
    usesWriter = false;
    begun = false;
  }

  @Override
  public void resetBuffer() {
    if (included > 0) {
      return;
    }
    if (isPassed()) {
      real.resetBuffer();
    }
    exchange.restart(false);
    forgetWritten();
  }

  /** What an encoder has kept back was taken back, too. */
  private void forgetWritten() {
    RecordedWriter present = writer;
    if (present != null) {
      present.restart();
    }
  }

  @Override
  public void sendError(int status) throws IOException {
    if (errs(status)) {
      real.sendError(status);
    }
  }

  @Override
  public void sendError(int status, @Nullable String message) throws IOException {
    if (errs(status)) {
      real.sendError(status, message);
    }
  }

  private boolean errs(int status) throws IOException {
    if (included > 0) {
      return false;
    }
    exchange.status(status);
    exchange.refuse("send-error");
    return passes();
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    if (redirects(location, SC_FOUND)) {
      real.sendRedirect(location);
    }
  }

  @Override
  public void sendRedirect(String location, int status) throws IOException {
    if (redirects(location, status)) {
      real.sendRedirect(location, status);
    }
  }

  @Override
  public void sendRedirect(String location, boolean clearBuffer) throws IOException {
    if (redirects(location, SC_FOUND)) {
      real.sendRedirect(location, clearBuffer);
    }
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    if (redirects(location, status)) {
      real.sendRedirect(location, status, clearBuffer);
    }
  }

  private boolean redirects(String location, int status) throws IOException {
    if (included > 0) {
      return false;
    }
    exchange.status(status);
    if (passes()) {
      return true;
    }
    exchange.fields().set("Location", location);
    return false;
  }

  // The body

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (usesWriter) {
      throw new IllegalStateException("getWriter() has been called for this response");
    }
    RecordedStream present = stream;
    if (present == null) {
      present = new RecordedStream(this);
      stream = present;
    }
    if (!usesStream && isPassed()) {
      present.use(real.getOutputStream());
    }
    usesStream = true;
    return present;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (usesStream) {
      throw new IllegalStateException("getOutputStream() has been called for this response");
    }
    RecordedWriter present = writer;
    if (present == null) {
      present = new RecordedWriter(new CopyingWriter(this));
      writer = present;
    }
    if (!usesWriter && isPassed()) {
      present.use(real.getWriter());
    }
    usesWriter = true;
    exchange.writesText(getCharacterEncoding());
    return present;
  }
}
