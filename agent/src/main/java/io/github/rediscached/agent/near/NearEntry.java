package io.github.rediscached.agent.near;

import org.jspecify.annotations.Nullable;

/**
 * A result in memory: the value itself where all callers may share it, else what each caller's own
 * one is made of.
 */
public final class NearEntry {

  /** A few uses count, more tell nothing: from S3-FIFO, see {@link NearRegion}. */
  private static final int MAX_USES = 3;

  /** Never the number of changes. */
  private static final long NEVER = -1;

  private final NearKey key;
  private final @Nullable Object value;
  private volatile @Nullable Object source;
  private final int from;
  private final int to;
  private final boolean exception;
  private final Dependency[] dependencies;
  private final long deadlineMillis;
  private volatile long checkedAtChange = NEVER;

  /** Written by whoever reads, without any order: an estimate. */
  private int uses;

  /** Written by whoever finds that out, without any order: else the next one does. */
  private boolean staysAsBytes;

  /** Known to the region alone, with its lock. */
  private int weight;

  /** Whether it is in the small queue; known to the region alone, with its lock. */
  private boolean small = true;

  /**
   * What is to be kept of a result.
   *
   * @param value the result, if all callers may share it
   * @param bytes the entry as Redis has it, if they may not; else null
   * @param from where the value's bytes begin
   * @param to where they end
   * @param exception whether it is to be thrown
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  public record Content(
      @Nullable Object value, byte @Nullable [] bytes, int from, int to, boolean exception) {}

  /**
   * @param deadlineMillis as {@link NearClock} counts
   * @param weight in bytes, about
   */
  NearEntry(
      NearKey key, Content content, Dependency[] dependencies, long deadlineMillis, int weight) {
    this.key = key;
    this.value = content.value();
    this.source = content.bytes();
    this.from = content.from();
    this.to = content.to();
    this.exception = content.exception();
    this.dependencies = dependencies;
    this.deadlineMillis = deadlineMillis;
    this.weight = weight;
  }

  /**
   * What a caller's own result is made of: the bytes that hold it, or what has taken their place
   * ({@link NearRegion#replaceBytes}). Null if {@link #value} is the result of all.
   */
  public @Nullable Object source() {
    return source;
  }

  /** Whether nothing can take the place of the bytes. */
  public boolean staysAsBytes() {
    return staysAsBytes;
  }

  public void stayAsBytes() {
    staysAsBytes = true;
  }

  public @Nullable Object value() {
    return value;
  }

  /** Where the value's bytes begin. */
  public int from() {
    return from;
  }

  /** Where they end. */
  public int to() {
    return to;
  }

  /** Whether the result is to be thrown. */
  public boolean exception() {
    return exception;
  }

  NearKey key() {
    return key;
  }

  Dependency[] dependencies() {
    return dependencies;
  }

  int weight() {
    return weight;
  }

  void replaceBytes(Object newSource, int newWeight) {
    source = newSource;
    weight = newWeight;
  }

  boolean isSmall() {
    return small;
  }

  void toMain() {
    small = false;
  }

  boolean isOver(long nowMillis) {
    return nowMillis >= deadlineMillis;
  }

  /**
   * Whether nothing it depends on has changed. The dependencies are only looked at if anything at
   * all has changed since the last time.
   */
  boolean isUnchanged(Dependencies all) {
    long changes = all.changes();
    if (checkedAtChange == changes) {
      return true;
    }
    if (Dependencies.anyChanged(dependencies)) {
      return false;
    }
    checkedAtChange = changes;
    return true;
  }

  void used() {
    if (uses < MAX_USES) {
      uses++;
    }
  }

  int uses() {
    return uses;
  }

  void uses(int count) {
    uses = count;
  }
}
