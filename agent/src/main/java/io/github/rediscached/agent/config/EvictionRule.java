package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.MethodPattern;

/**
 * One entry of {@code evictions} in the file.
 *
 * @param line where it stands in the file, from 1
 */
public record EvictionRule(MethodPattern pattern, EvictOptions options, int line) {}
