package io.github.rediscached.agent.store;

/** Tells of changes in a cluster by the keys' names in the rest of the agent. Stateless. */
record BucketChanges(Buckets buckets, RedisStore.ChangeListener listener)
    implements RedisStore.ChangeListener {

  @Override
  public void changed(byte[] inRedis) {
    listener.changed(buckets.withoutBucket(inRedis));
  }

  @Override
  public void allChanged() {
    listener.allChanged();
  }
}
