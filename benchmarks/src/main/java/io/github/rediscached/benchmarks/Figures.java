package io.github.rediscached.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** What was measured, several times each, in the order of the first time. */
public final class Figures<K> {

  private final Map<K, List<Double>> measured = new LinkedHashMap<>();

  public void add(K what, double figure) {
    measured.computeIfAbsent(what, unused -> new ArrayList<>()).add(figure);
  }

  public boolean has(K what) {
    return measured.containsKey(what);
  }

  public double median(K what) {
    return medianOf(figures(what));
  }

  /**
   * The median of what two figures of the same round make: a machine that is slow for a while is so
   * for both.
   */
  public double medianOfRounds(K one, K other, DoubleBinaryOperator made) {
    List<Double> ones = figures(one);
    List<Double> others = figures(other);
    List<Double> both = new ArrayList<>();
    for (int round = 0; round < Math.min(ones.size(), others.size()); round++) {
      both.add(made.applyAsDouble(ones.get(round), others.get(round)));
    }
    return medianOf(both);
  }

  private List<Double> figures(K what) {
    List<Double> figures = measured.get(what);
    if (figures == null) {
      throw new IllegalArgumentException(what + " was not measured");
    }
    return figures;
  }

  private static double medianOf(List<Double> figures) {
    List<Double> sorted = new ArrayList<>(figures);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** All of it, one name and list of figures for each {@code what}. */
  public String toJson() {
    StringBuilder json = new StringBuilder("{");
    String separator = "\n";
    for (Map.Entry<K, List<Double>> entry : measured.entrySet()) {
      json.append(separator).append("  \"").append(entry.getKey()).append("\": ");
      json.append(entry.getValue());
      separator = ",\n";
    }
    return json.append("\n}\n").toString();
  }
}
