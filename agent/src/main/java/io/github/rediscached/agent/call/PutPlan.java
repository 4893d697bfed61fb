package io.github.rediscached.agent.call;

import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.Template;
import io.github.rediscached.agent.plan.PutOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a method's result is put each time it has run.
 *
 * @param options as they were written; the rest is parsed from them
 */
public record PutPlan(
    PutOptions options,
    @Nullable Expression key,
    @Nullable Expression condition,
    @Nullable Expression unless,
    List<Template> tags) {}
