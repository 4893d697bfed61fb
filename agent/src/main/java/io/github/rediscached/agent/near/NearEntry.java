package io.github.rediscached.agent.near;

import org.jspecify.annotations.Nullable;

/**
 * A result in memory: the value itself if all callers may share it, else the source that a value is
 * made of for each caller. {@link NearRegion} makes entries; the call reads them. Thread-safe,
 * except for the fields that belong to the region's lock.
 */
public final class NearEntry {

  /** More uses are not counted, as in S3-FIFO, see {@link NearRegion}. */
  private static final int MAX_USES = 3;

  /** No number of changes. */
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

  /** An estimate: each reader writes it without synchronisation. */
  private int uses;

  /** Written without synchronisation: a reader that misses it finds out by itself. */
  private boolean staysAsBytes;

  /** Only for the region, under its lock. */
  private int weight;

  /** Whether it is in the small queue. Only for the region, under its lock. */
  private boolean small = true;

  /**
   * The content of an entry.
   *
   * @param value the result, if all callers may share it
   * @param bytes the bytes of the entry in Redis, if they may not; else null
   * @param from the place of the value's first byte
   * @param to the end of the value's bytes
   * @param exception whether the result is to be thrown
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  public record Content(
      @Nullable Object value, byte @Nullable [] bytes, int from, int to, boolean exception) {}

  /**
   * @param deadlineMillis in the time of {@link NearClock}
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
   * The source of each caller's own value: the bytes, or the object that has replaced them ({@link
   * NearRegion#replaceBytes}). Null if all callers share {@link #value}.
   */
  public @Nullable Object source() {
    return source;
  }

  /** Whether no object can replace the bytes. */
  public boolean staysAsBytes() {
    return staysAsBytes;
  }

  public void stayAsBytes() {
    staysAsBytes = true;
  }

  public @Nullable Object value() {
    return value;
  }

  /** The place of the value's first byte. */
  public int from() {
    return from;
  }

  /** The end of the value's bytes. */
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
   * Whether no key that it depends on has changed. It looks at the dependencies only if any key at
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
