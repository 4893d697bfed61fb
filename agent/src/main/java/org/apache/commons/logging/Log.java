package org.apache.commons.logging;

import org.jspecify.annotations.Nullable;

/** The log that spring-core and spring-expression write to. */
public interface Log {

  boolean isTraceEnabled();

  void trace(@Nullable Object message);

  void trace(@Nullable Object message, @Nullable Throwable failure);

  boolean isDebugEnabled();

  void debug(@Nullable Object message);

  void debug(@Nullable Object message, @Nullable Throwable failure);

  boolean isInfoEnabled();

  void info(@Nullable Object message);

  void info(@Nullable Object message, @Nullable Throwable failure);

  boolean isWarnEnabled();

  void warn(@Nullable Object message);

  void warn(@Nullable Object message, @Nullable Throwable failure);

  boolean isErrorEnabled();

  void error(@Nullable Object message);

  void error(@Nullable Object message, @Nullable Throwable failure);

  boolean isFatalEnabled();

  void fatal(@Nullable Object message);

  void fatal(@Nullable Object message, @Nullable Throwable failure);
}
