package io.github.rediscached.agent.store;

/**
 * Tells of changes in a cluster by the keys' names in the rest of the agent. Who is told is set
 * only after the {@link Cluster} was made, where the settings name one. Stateless.
 */
record BucketChanges(Buckets buckets, Setup setup) implements RedisStore.ChangeListener {

  @Override
  public void changed(byte[] inRedis) {
    setup.changes.changed(buckets.withoutBucket(inRedis));
  }

  @Override
  public void allChanged() {
    setup.changes.allChanged();
  }
}
