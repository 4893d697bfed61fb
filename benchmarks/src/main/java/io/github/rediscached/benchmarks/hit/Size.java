package io.github.rediscached.benchmarks.hit;

/** How large a value is, as Kryo writes it with registered classes. */
public enum Size {
  /** About 500 bytes. */
  SMALL(8),
  /** About 10 kB. */
  LARGE(290),
  /** About 20 kB. */
  HUGE(575);

  private final int lines;

  Size(int lines) {
    this.lines = lines;
  }

  int lines() {
    return lines;
  }
}
