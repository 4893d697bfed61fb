package io.github.rediscached.agent.jmx;

import java.util.function.Function;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a bean, with at most one parameter, a text. {@link AgentBean} and {@link
 * CacheBean} list theirs, {@link OpenBean} runs them.
 *
 * @param parameter its name; null if there is none
 * @param parameterDescription empty if there is none
 * @param unit of what it returns
 * @param result {@code void} or {@code long}
 * @param action given the parameter, or an empty text
 */
record BeanOperation(
    String name,
    String description,
    @Nullable String parameter,
    String parameterDescription,
    String unit,
    Class<?> result,
    Function<String, @Nullable Object> action) {

  private static final String NO_RESULT = "no result";

  static BeanOperation of(String name, String description, Runnable action) {
    return new BeanOperation(
        name,
        description,
        null,
        "",
        NO_RESULT,
        void.class,
        none -> {
          action.run();
          return null;
        });
  }

  MBeanOperationInfo info() {
    return new MBeanOperationInfo(
        name,
        OpenBean.withUnit(description, unit),
        parameter == null
            ? null
            : new MBeanParameterInfo[] {
              new MBeanParameterInfo(parameter, String.class.getName(), parameterDescription)
            },
        result.getName(),
        MBeanOperationInfo.ACTION,
        new ImmutableDescriptor("units=" + unit));
  }
}
