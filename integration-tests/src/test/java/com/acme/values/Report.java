package com.acme.values;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A result without default constructor, with a cycle and something shared. */
final class Report {

  private final Map<String, List<BigDecimal>> amounts = new LinkedHashMap<>();
  private final Map<TimeUnit, Line> lines = new EnumMap<>(TimeUnit.class);
  private final List<Line> all = new ArrayList<>();
  private final @Nullable String remark;

  Report(String title) {
    amounts.put(title, List.of(new BigDecimal("1.50"), BigDecimal.TEN));
    Line line = new Line(this, LocalDate.of(2026, 2, 3), Optional.of(new UUID(1, 2)));
    lines.put(TimeUnit.DAYS, line);
    all.add(line);
    remark = null;
  }

  private record Line(Report report, LocalDate date, Optional<UUID> id) {

    @Override
    public String toString() {
      return date + " " + id;
    }
  }

  private static boolean isSame(@Nullable Object one, Object other) {
    return one == other;
  }

  @Override
  public String toString() {
    Line line = all.get(0);
    boolean whole = isSame(line.report(), this) && isSame(lines.get(TimeUnit.DAYS), line);
    return amounts + " " + lines + " " + remark + (whole ? " whole" : " broken");
  }
}
