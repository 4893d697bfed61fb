package io.github.rediscached.agent.call;

import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.Template;
import io.github.rediscached.agent.plan.EvictOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a method evicts.
 *
 * @param options as they were written; the rest is parsed from them
 */
public record EvictPlan(
    EvictOptions options,
    @Nullable Expression key,
    @Nullable Expression condition,
    List<Template> tags,
    @Nullable Template keyPattern) {}
