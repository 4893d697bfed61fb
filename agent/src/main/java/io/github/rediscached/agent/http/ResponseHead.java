package io.github.rediscached.agent.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields of a response, by which the cache decides whether it is stored. */
public interface ResponseHead {

  /** The lines of a header field, by whomever they were set; empty if it is not there. */
  List<String> fields(String name);

  /** With the character set that the container has added; null if there is none. */
  @Nullable String contentType();
}
