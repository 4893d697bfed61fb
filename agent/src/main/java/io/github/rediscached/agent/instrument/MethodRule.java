package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.MethodPattern;

/** Methods to cache, named by a pattern. */
public record MethodRule(MethodPattern pattern, CacheOptions options) {}
