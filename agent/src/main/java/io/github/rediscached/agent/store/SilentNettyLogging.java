package io.github.rediscached.agent.store;

import io.netty.util.internal.logging.AbstractInternalLogger;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Netty's and Lettuce's loggers, silent. Their own choice would end at java.util.logging and
 * initialise it before the application can. What users must know the store says itself.
 */
final class SilentNettyLogging extends InternalLoggerFactory {

  /** Must come before the first class of Lettuce or Netty that logs. */
  static void install() {
    InternalLoggerFactory.setDefaultFactory(new SilentNettyLogging());
  }

  @Override
  protected InternalLogger newInstance(String name) {
    return new Silent(name);
  }

  private static final class Silent extends AbstractInternalLogger {

    private static final long serialVersionUID = 1;

    Silent(String name) {
      super(name);
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public void trace(@Nullable String message) {}

    @Override
    public void trace(String format, @Nullable Object argument) {}

    @Override
    public void trace(String format, @Nullable Object first, @Nullable Object second) {}

    @Override
    public void trace(String format, @Nullable Object... arguments) {}

    @Override
    public void trace(@Nullable String message, @Nullable Throwable thrown) {}

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public void debug(@Nullable String message) {}

    @Override
    public void debug(String format, @Nullable Object argument) {}

    @Override
    public void debug(String format, @Nullable Object first, @Nullable Object second) {}

    @Override
    public void debug(String format, @Nullable Object... arguments) {}

    @Override
    public void debug(@Nullable String message, @Nullable Throwable thrown) {}

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public void info(@Nullable String message) {}

    @Override
    public void info(String format, @Nullable Object argument) {}

    @Override
    public void info(String format, @Nullable Object first, @Nullable Object second) {}

    @Override
    public void info(String format, @Nullable Object... arguments) {}

    @Override
    public void info(@Nullable String message, @Nullable Throwable thrown) {}

    @Override
    public boolean isWarnEnabled() {
      return false;
    }

    @Override
    public void warn(@Nullable String message) {}

    @Override
    public void warn(String format, @Nullable Object argument) {}

    @Override
    public void warn(String format, @Nullable Object... arguments) {}

    @Override
    public void warn(String format, @Nullable Object first, @Nullable Object second) {}

    @Override
    public void warn(@Nullable String message, @Nullable Throwable thrown) {}

    @Override
    public boolean isErrorEnabled() {
      return false;
    }

    @Override
    public void error(@Nullable String message) {}

    @Override
    public void error(String format, @Nullable Object argument) {}

    @Override
    public void error(String format, @Nullable Object first, @Nullable Object second) {}

    @Override
    public void error(String format, @Nullable Object... arguments) {}

    @Override
    public void error(@Nullable String message, @Nullable Throwable thrown) {}
  }
}
