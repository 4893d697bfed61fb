package io.github.rediscached.agent.jmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/**
 * A bean that is made of a list of attributes and operations; the MBean server calls it. It never
 * hands out an object of a class of the agent, also not in an exception, since a client does not
 * have these classes. As thread-safe as its attributes and operations.
 */
final class OpenBean implements DynamicMBean {

  private final Map<String, BeanAttribute> attributes = new LinkedHashMap<>();
  private final Map<String, BeanOperation> operations = new LinkedHashMap<>();
  private final MBeanInfo info;

  OpenBean(String description, List<BeanAttribute> attributes, List<BeanOperation> operations) {
    for (BeanAttribute attribute : attributes) {
      this.attributes.put(attribute.name(), attribute);
    }
    for (BeanOperation operation : operations) {
      this.operations.put(operation.name(), operation);
    }
    this.info =
        new MBeanInfo(
            OpenBean.class.getName(),
            description,
            attributes.stream().map(BeanAttribute::info).toArray(MBeanAttributeInfo[]::new),
            null,
            operations.stream().map(BeanOperation::info).toArray(MBeanOperationInfo[]::new),
            null);
  }

  /** Some clients show the unit in the descriptor, all show the description, so it is in both. */
  static String withUnit(String description, String unit) {
    return description + " [" + unit + "]";
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return info;
  }

  @Override
  public Object getAttribute(String name) throws AttributeNotFoundException {
    return attribute(name).value();
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList found = new AttributeList();
    for (String name : names) {
      BeanAttribute attribute = attributes.get(name);
      if (attribute != null) {
        found.add(new Attribute(name, attribute.value()));
      }
    }
    return found;
  }

  @Override
  public void setAttribute(Attribute change)
      throws AttributeNotFoundException, InvalidAttributeValueException, MBeanException {
    Consumer<Boolean> setter = attribute(change.getName()).setter();
    if (setter == null) {
      throw new AttributeNotFoundException(change.getName() + " can only be read.");
    }
    if (!(change.getValue() instanceof Boolean on)) {
      throw new InvalidAttributeValueException(
          change.getName() + " is true or false, not " + change.getValue() + ".");
    }
    run(() -> setter.accept(on));
  }

  @Override
  public AttributeList setAttributes(AttributeList changes) {
    AttributeList done = new AttributeList();
    for (Attribute change : changes.asList()) {
      try {
        setAttribute(change);
        done.add(change);
      } catch (AttributeNotFoundException | InvalidAttributeValueException | MBeanException e) {
        // By the contract, an attribute that is not in the answer was not set.
      }
    }
    return done;
  }

  @Override
  public @Nullable Object invoke(
      String name, Object @Nullable [] arguments, String @Nullable [] signature)
      throws MBeanException, ReflectionException {
    BeanOperation operation = operations.get(name);
    boolean withParameter = operation != null && operation.parameter() != null;
    int given = signature == null ? (withParameter ? 1 : 0) : signature.length;
    if (operation == null || given != (withParameter ? 1 : 0)) {
      throw new ReflectionException(new NoSuchMethodException(name));
    }
    String argument = "";
    if (withParameter) {
      Object value = arguments == null || arguments.length == 0 ? null : arguments[0];
      if (!(value instanceof String text) || text.isEmpty()) {
        throw new MBeanException(
            new IllegalArgumentException("`" + operation.parameter() + "` is missing. Write one."));
      }
      argument = text;
    }
    try {
      return operation.action().apply(argument);
    } catch (RuntimeException failed) {
      throw withoutOurClasses(failed);
    }
  }

  private BeanAttribute attribute(String name) throws AttributeNotFoundException {
    BeanAttribute attribute = attributes.get(name);
    if (attribute == null) {
      throw new AttributeNotFoundException("There is no attribute " + name + ".");
    }
    return attribute;
  }

  private static void run(Runnable action) throws MBeanException {
    try {
      action.run();
    } catch (RuntimeException failed) {
      throw withoutOurClasses(failed);
    }
  }

  /** Not as the cause: the client may not have its class. */
  private static MBeanException withoutOurClasses(RuntimeException failed) {
    return new MBeanException(new IllegalStateException(failed.toString()));
  }
}
