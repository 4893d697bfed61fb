package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.store.OwnRedis;
import java.util.function.UnaryOperator;

/** Opens this room to the model: the text of the scripts, and the keys of invalidations. */
public final class Production {

  public static final String READ = OwnRedis.text(Scripts.READ);
  public static final String ACQUIRE = OwnRedis.text(Scripts.ACQUIRE);
  public static final String STORE = OwnRedis.text(Scripts.STORE);
  public static final String RELEASE = OwnRedis.text(Scripts.RELEASE);
  public static final String CONNECT = OwnRedis.text(Scripts.CONNECT);

  private Production() {}

  /** What is unlinked in one command. */
  public static byte[][] unlinked(ProtocolKeys keys, UnaryOperator<Invalidation> what) {
    return what.apply(new Invalidation(keys)).batches().get(0);
  }
}
