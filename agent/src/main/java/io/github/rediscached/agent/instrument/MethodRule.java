package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.MethodPattern;

/**
 * Methods to cache, named by a pattern.
 *
 * @param place where the user wrote it: file and line
 */
public record MethodRule(MethodPattern pattern, CacheOptions options, String place) {}
