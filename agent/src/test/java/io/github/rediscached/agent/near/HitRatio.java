package io.github.rediscached.agent.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How many accesses of a trace a near cache answers, beside Caffeine of the same size. */
final class HitRatio {

  /** An entry without a value; all are the same, so a cache of n entries is one of n times that. */
  private static final int WEIGHT = 168;

  private static final double[] PARTS = {0.02, 0.05, 0.1, 0.2, 0.4};

  private HitRatio() {}

  /**
   * Prints a table, a line for each trace.
   *
   * @param arguments a folder with traces: {@code *.txt} with a decimal number in each line, {@code
   *     *.ints} and {@code *.longs} with big-endian ones
   */
  public static void main(String[] arguments) throws IOException {
    System.out.println(
        "| trace | accesses | keys | 2% | 5% | 10% | 20% | 40% |\n"
            + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
      files = found.sorted().toList();
    }
    for (Path file : files) {
      long[] trace = read(file);
      long keys = LongStream.of(trace).distinct().count();
      StringBuilder line = new StringBuilder();
      for (double part : PARTS) {
        int entries = (int) Math.max(32, keys * part);
        line.append(
            String.format(
                Locale.ROOT,
                " %.1f / %.1f |",
                100 * ofNearCache(trace, entries),
                100 * ofCaffeine(trace, entries)));
      }
      System.out.printf(
          Locale.ROOT, "| %s | %,d | %,d |%s%n", nameOf(file), trace.length, keys, line);
    }
  }

  /** Hits per access, 0 to 1. */
  static double ofNearCache(long[] trace, int entries) {
    NearRegion region = new TestTime().cache((long) entries * WEIGHT).newRegion();
    int hits = 0;
    for (long key : trace) {
      NearKey nearKey = NearKey.of(1, key);
      if (region.find(nearKey) != null) {
        hits++;
      } else {
        region.put(
            nearKey,
            new NearEntry.Content(key, null, 0, 0, false),
            new Dependency[0],
            Long.MAX_VALUE / 2,
            0);
      }
    }
    return (double) hits / trace.length;
  }

  /** The same of Caffeine. */
  static double ofCaffeine(long[] trace, int entries) {
    Cache<Long, Long> cache =
        Caffeine.newBuilder().maximumSize(entries).executor(Runnable::run).build();
    int hits = 0;
    for (long key : trace) {
      if (cache.getIfPresent(key) != null) {
        hits++;
      } else {
        cache.put(key, key);
      }
    }
    return (double) hits / trace.length;
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static long[] read(Path file) throws IOException {
    if (file.toString().endsWith(".txt")) {
      try (Stream<String> lines = Files.lines(file)) {
        return lines.mapToLong(line -> Long.parseLong(line.strip())).toArray();
      }
    }
    boolean ints = file.toString().endsWith(".ints");
    long[] keys = new long[(int) (Files.size(file) / (ints ? Integer.BYTES : Long.BYTES))];
    int count = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (count < keys.length) {
        keys[count++] = ints ? in.readInt() : in.readLong();
      }
    } catch (EOFException e) {
      return Arrays.copyOf(keys, count);
    }
    return keys;
  }
}
