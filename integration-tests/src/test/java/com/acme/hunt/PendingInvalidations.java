package com.acme.hunt;

import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Whether the agent of this JVM says that none is waiting; not before it has registered. */
final class PendingInvalidations implements BooleanSupplier {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName redis;

  PendingInvalidations() {
    try {
      redis = new ObjectName("io.github.rediscached:type=Redis");
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean getAsBoolean() {
    try {
      return ((Number) server.getAttribute(redis, "PendingInvalidations")).longValue() == 0;
    } catch (InstanceNotFoundException e) {
      return false;
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }
}
