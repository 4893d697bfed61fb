package io.github.rediscached.agent.jmx.application;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.LogManager;

/**
 * A log manager that, while it starts, creates the platform MBean server when others have had time
 * to do so too.
 */
public final class SlowLogManager extends LogManager {

  @Override
  public void readConfiguration() throws IOException {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (System.nanoTime() < endNanos) {
      LockSupport.parkNanos(endNanos - System.nanoTime());
    }
    ManagementFactory.getPlatformMBeanServer();
    super.readConfiguration();
  }
}
