/** What a stored response costs, beside a servlet that writes the same bytes. */
@NullMarked
package io.github.rediscached.benchmarks.http;

import org.jspecify.annotations.NullMarked;
