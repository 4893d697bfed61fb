package io.github.rediscached.agent.plan;

import java.util.List;

/**
 * How values and keys stand in Redis.
 *
 * @param secrets with which values are sealed, newest first; none if they are not
 * @param hashedKeys whether arguments and tags in Redis keys are digests under the newest secret
 * @param compressOverBytes larger values, in encoded bytes, are compressed; 0 for none
 */
public record StoredForm(List<Secret> secrets, boolean hashedKeys, long compressOverBytes) {

  /** As the codec writes it. */
  public static final StoredForm PLAIN = new StoredForm(List.of(), false, 0);
}
