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
 * @param proxied the binary name of the interface for which a JDK proxy has the method; else null
 */
public record MethodPlan(
    String methodName,
    String descriptor,
    String displayName,
    List<Integer> keyed,
    boolean receiverInKey,
    @Nullable CachePlan cached,
    List<EvictPlan> evictions,
    List<PutPlan> puts,
    @Nullable String proxied) {

  /** The name of the cache that its results are in. */
  public String cache() {
    String named = cached == null ? null : cached.options().cache();
    return named == null ? displayName : named;
  }

  /** The same for a method that a JDK proxy has for an interface. */
  public MethodPlan proxying(String interfaceName) {
    return new MethodPlan(
        methodName,
        descriptor,
        displayName,
        keyed,
        receiverInKey,
        cached,
        evictions,
        puts,
        interfaceName);
  }

  public int parameterCount() {
    int count = 0;
    for (int at = 1; descriptor.charAt(at) != ')'; at++) {
      while (descriptor.charAt(at) == '[') {
        at++;
      }
      if (descriptor.charAt(at) == 'L') {
        at = descriptor.indexOf(';', at);
      }
      count++;
    }
    return count;
  }

  /** Whether it does all that another one is to do. */
  boolean serves(MethodPlan other) {
    return (other.cached == null || cached != null)
        && (other.evictions.isEmpty() || !evictions.isEmpty())
        && (other.puts.isEmpty() || !puts.isEmpty());
  }
}
