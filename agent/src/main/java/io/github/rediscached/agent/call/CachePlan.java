package io.github.rediscached.agent.call;

import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.Template;
import io.github.rediscached.agent.plan.CacheOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
