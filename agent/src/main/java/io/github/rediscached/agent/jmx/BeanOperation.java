package io.github.rediscached.agent.jmx;

import javax.management.ImmutableDescriptor;
import javax.management.MBeanOperationInfo;

/** One operation of a bean, without parameters and result. */
record BeanOperation(String name, String description, Runnable action) {

  private static final String UNIT = "no result";

  MBeanOperationInfo info() {
    return new MBeanOperationInfo(
        name,
        OpenBean.withUnit(description, UNIT),
        null,
        void.class.getName(),
        MBeanOperationInfo.ACTION,
        new ImmutableDescriptor("units=" + UNIT));
  }
}
