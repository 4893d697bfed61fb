package org.apache.commons.logging;

import org.jspecify.annotations.Nullable;

/** Writes nothing. */
final class SilentLog implements Log {

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public void trace(@Nullable Object message) {}

  @Override
  public void trace(@Nullable Object message, @Nullable Throwable failure) {}

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public void debug(@Nullable Object message) {}

  @Override
  public void debug(@Nullable Object message, @Nullable Throwable failure) {}

  @Override
  public boolean isInfoEnabled() {
    return false;
  }

  @Override
  public void info(@Nullable Object message) {}

  @Override
  public void info(@Nullable Object message, @Nullable Throwable failure) {}

  @Override
  public boolean isWarnEnabled() {
    return false;
  }

  @Override
  public void warn(@Nullable Object message) {}

  @Override
  public void warn(@Nullable Object message, @Nullable Throwable failure) {}

  @Override
  public boolean isErrorEnabled() {
    return false;
  }

  @Override
  public void error(@Nullable Object message) {}

  @Override
  public void error(@Nullable Object message, @Nullable Throwable failure) {}

  @Override
  public boolean isFatalEnabled() {
    return false;
  }

  @Override
  public void fatal(@Nullable Object message) {}

  @Override
  public void fatal(@Nullable Object message, @Nullable Throwable failure) {}
}
