package io.github.rediscached.agent.call;

import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.Template;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.NearOption;
import io.github.rediscached.agent.plan.PutOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caching, evictions and puts that annotations and rules ask of one method, parsed. The package
 * {@code instrument} makes it from the class file, before the class exists; {@link MethodCalls}
 * turns it into calls. It refers to no class, so it keeps none alive.
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

  /**
   * How the results of a method are cached.
   *
   * @param options as they were written; the rest is parsed from them
   */
  public record CachePlan(
      CacheOptions options,
      @Nullable Expression key,
      @Nullable Expression condition,
      @Nullable Expression unless,
      List<Template> tags) {}

  /**
   * The entries that a call of a method evicts.
   *
   * @param options as they were written; the rest is parsed from them
   */
  public record EvictPlan(
      EvictOptions options,
      @Nullable Expression key,
      @Nullable Expression condition,
      List<Template> tags,
      @Nullable Template keyPattern) {}

  /**
   * The entry that the result of a method replaces each time it has run.
   *
   * @param options as they were written; the rest is parsed from them
   */
  public record PutPlan(
      PutOptions options,
      @Nullable Expression key,
      @Nullable Expression condition,
      @Nullable Expression unless,
      List<Template> tags) {

    /** The same as the plan of a cached method, of which the entry is written. */
    CachePlan asCached() {
      return new CachePlan(
          new CacheOptions(
              options.cache(),
              options.ttl(),
              options.key(),
              options.condition(),
              options.unless(),
              options.cacheNull(),
              List.of(),
              options.tags(),
              null,
              null,
              NearOption.AUTO),
          key,
          condition,
          unless,
          tags);
    }
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
