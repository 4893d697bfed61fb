package com.acme.management;

import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;

/** A builder of MBean servers of the application. */
public final class OwnServerBuilder extends MBeanServerBuilder {

  private static final AtomicInteger BUILT = new AtomicInteger();

  static int built() {
    return BUILT.get();
  }

  @Override
  public MBeanServer newMBeanServer(
      String defaultDomain, MBeanServer outer, MBeanServerDelegate delegate) {
    BUILT.incrementAndGet();
    return super.newMBeanServer(defaultDomain, outer, delegate);
  }
}
