package io.github.rediscached.agent.call;

import io.github.rediscached.agent.protocol.Invalidations;
import io.github.rediscached.agent.protocol.Protocol;
import io.github.rediscached.agent.store.RedisStore;
import io.github.rediscached.agent.store.StoreUnavailableException;

/** What is done with each new connection to Redis. */
record NewConnections(Invalidations invalidations, Protocol protocol)
    implements RedisStore.ConnectionHook {

  @Override
  public void connected(RedisStore.NewConnection connection) throws StoreUnavailableException {
    invalidations.connected(connection);
    protocol.connected(connection);
  }
}
