package io.github.rediscached.agent.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen at the calls of a method, known from its class file before the class exists.
 * Refers to no class, so it keeps none alive.
 *
 * @param displayName such as {@code com.acme.Products.find(long)}; also the default cache name
 * @param keyed indices of the parameters that are part of the key
 * @param receiverInKey whether the object is part of the key if it is a value: a record or an enum
 *     constant
 * @param cached null if its results are not cached
 */
public record MethodPlan(
    String methodName,
    String descriptor,
    String displayName,
    List<Integer> keyed,
    boolean receiverInKey,
    @Nullable CachePlan cached,
    List<EvictPlan> evictions,
    List<PutPlan> puts) {

  /** The name of the cache that its results are in. */
  public String cache() {
    String named = cached == null ? null : cached.options().cache();
    return named == null ? displayName : named;
  }
}
