package io.github.rediscached.agent.instrument.library;

import com.google.common.base.CaseFormat;
import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableRangeMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.collect.Range;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeMultiset;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.MutableGraph;
import com.google.common.hash.Hashing;
import com.google.common.math.BigIntegerMath;
import com.google.common.math.LongMath;
import com.google.common.primitives.Ints;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Something of each corner of Guava. */
public final class GuavaAtWork implements Callable<String> {

  @Override
  public String call() throws ExecutionException {
    StringBuilder said = new StringBuilder();
    said.append(Splitter.on(',').trimResults().omitEmptyStrings().splitToList(" a, b,,c "));
    said.append(
        Joiner.on('|').withKeyValueSeparator('=').join(ImmutableSortedMap.of("b", 1, "a", 2)));
    said.append(CaseFormat.LOWER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, "someName"));
    said.append(Sets.powerSet(Set.of(1)));
    said.append(Lists.cartesianProduct(List.of(1, 2), List.of(3, 4)));
    said.append(Hashing.murmur3_128().hashString("x", StandardCharsets.UTF_8));
    said.append(Hashing.sha256().hashInt(7)).append(Hashing.crc32c().hashLong(7));
    said.append(BigIntegerMath.factorial(30)).append(LongMath.binomial(40, 20));
    said.append(LongMath.isPrime(1_000_003));
    said.append(Ints.asList(3, 1, 2)).append(Ints.tryParse("12x"));
    TreeMultiset<String> words = TreeMultiset.create(List.of("b", "a", "b"));
    said.append(words).append(words.count("b"));
    HashBasedTable<Integer, String, Double> table = HashBasedTable.create();
    for (int i = 0; i < 50; i++) {
      table.put(i % 5, "c" + i % 3, i / 2.0);
    }
    said.append(table.row(3)).append(table.column("c1"));
    ImmutableRangeMap<Integer, String> ranges =
        ImmutableRangeMap.<Integer, String>builder()
            .put(Range.closedOpen(1, 5), "low")
            .put(Range.atLeast(5), "high")
            .build();
    said.append(ranges.get(4)).append(ranges.get(0)).append(ranges);
    MutableGraph<Integer> graph = GraphBuilder.directed().build();
    for (int i = 1; i < 40; i++) {
      graph.putEdge(i / 2, i);
    }
    said.append(Graphs.reachableNodes(graph, 3)).append(Graphs.hasCycle(graph));
    LoadingCache<Integer, Integer> squares =
        CacheBuilder.newBuilder()
            .maximumSize(10)
            .recordStats()
            .build(
                new CacheLoader<>() {
                  @Override
                  public Integer load(Integer key) {
                    return 100 / key * key;
                  }
                });
    for (int i = 0; i < 40; i++) {
      said.append(squares.get(1 + i % 20)).append(' ');
    }
    said.append(squares.stats().requestCount());
    try {
      squares.getUnchecked(0);
    } catch (RuntimeException e) {
      said.append(e);
    }
    try {
      said.append(Iterables.getOnlyElement(List.of(1, 2)));
    } catch (IllegalArgumentException e) {
      said.append(e.getMessage());
    }
    return said.toString();
  }
}
