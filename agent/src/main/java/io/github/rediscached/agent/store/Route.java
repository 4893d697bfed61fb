package io.github.rediscached.agent.store;

import org.jspecify.annotations.Nullable;

/**
 * The way to some keys: the connection to their server, and how the keys are called there. {@link
 * Connections} makes it for each command.
 *
 * @param buckets null where keys are called as in the rest of the agent
 * @param bucket of {@link Buckets}, if there are any
 */
record Route(Link link, @Nullable Buckets buckets, int bucket) {

  /** To a server that has all keys. */
  static Route toAll(Link link) {
    return new Route(link, null, 0);
  }

  byte[] key(byte[] key) {
    return buckets == null ? key : buckets.inRedis(bucket, key);
  }

  byte[][] keys(byte[][] keys) {
    return buckets == null ? keys : buckets.inRedis(bucket, keys);
  }

  RedisStore.ScriptCall call(RedisStore.ScriptCall call) {
    return buckets == null
        ? call
        : new RedisStore.ScriptCall(call.script(), keys(call.keys()), call.arguments());
  }
}
