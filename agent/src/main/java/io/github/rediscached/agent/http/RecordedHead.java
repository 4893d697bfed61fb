package io.github.rediscached.agent.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response that went to no client, as far as it is known without a container.
 *
 * @param before the response that it takes the place of
 */
record RecordedHead(Fields recorded, int status, StoredResponse before) implements ResponseSink {

  @Override
  public void status(int set) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> fields(String name) {
    return recorded.all(name);
  }

  @Override
  public void set(String name, String value) {
    recorded.set(name, value);
  }

  @Override
  public void add(String name, String value) {
    recorded.add(name, value);
  }

  /** The container has added the character set when it was asked for a writer. */
  @Override
  public @Nullable String contentType() {
    String own = recorded.first("Content-Type");
    String earlier = before.field("Content-Type");
    return own != null && earlier != null && earlier.startsWith(own + ";") ? earlier : own;
  }

  @Override
  public boolean isCommitted() {
    return true;
  }

  @Override
  public void write(byte[] bytes, int from, int length, @Nullable String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
