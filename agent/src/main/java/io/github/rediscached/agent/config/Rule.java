package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.MethodPattern;

/**
 * One entry of {@code caches} in the file.
 *
 * @param line where it stands in the file, from 1
 */
public record Rule(MethodPattern pattern, CacheOptions options, int line) {}
