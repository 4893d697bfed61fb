package io.github.rediscached.agent.call;

import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.plan.CacheOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a method is to be cached, known from its class file before the class exists. Refers to no
 * class, so it keeps none alive.
 *
 * @param displayName such as {@code com.acme.Products.find(long)}; also the default cache name
 * @param keyed indices of the parameters that are part of the key
 * @param receiverInKey whether the object is a value (a record, an enum constant) and so part of
 *     the key
 */
public record MethodPlan(
    String methodName,
    String descriptor,
    String displayName,
    CacheOptions options,
    List<Integer> keyed,
    boolean receiverInKey,
    @Nullable Expression key,
    @Nullable Expression condition,
    @Nullable Expression unless) {

  /** The cache's name. */
  public String cache() {
    return options.cache() == null ? displayName : options.cache();
  }
}
