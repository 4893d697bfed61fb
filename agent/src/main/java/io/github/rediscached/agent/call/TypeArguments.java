package io.github.rediscached.agent.call;

import java.lang.reflect.GenericSignatureFormatError;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the type parameters of an interface stand for in another one that extends it: of {@code
 * CrudRepository<T, ID>} in {@code Orders extends CrudRepository<Order, Long>}.
 */
final class TypeArguments {

  private final Map<TypeVariable<?>, Type> arguments = new HashMap<>();

  TypeArguments(Class<?> type, Class<?> inherited) {
    collect(type, inherited);
  }

  /** The types of a method's parameters in a class or interface that has or inherits it. */
  static List<Class<?>> parametersOf(Method method, Class<?> type) {
    Class<?>[] types = method.getParameterTypes();
    if (type != method.getDeclaringClass()) {
      TypeArguments arguments = new TypeArguments(type, method.getDeclaringClass());
      try {
        Type[] declared = method.getGenericParameterTypes();
        for (int i = 0; i < types.length && types.length == declared.length; i++) {
          if (declared[i] instanceof TypeVariable<?> variable
              && arguments.in(variable) instanceof Class<?> argument) {
            types[i] = argument;
          }
        }
      } catch (GenericSignatureFormatError
          | TypeNotPresentException
          | MalformedParameterizedTypeException e) {
        // Some compilers and shrinkers write what Java can't read.
      }
    }
    return List.of(types);
  }

  private void collect(Class<?> type, Class<?> inherited) {
    for (Type each : type.getGenericInterfaces()) {
      Class<?> raw = each instanceof ParameterizedType of ? (Class<?>) of.getRawType() : null;
      if (raw == null && each instanceof Class<?> plain) {
        raw = plain;
      }
      if (raw == null || !inherited.isAssignableFrom(raw)) {
        continue;
      }
      if (each instanceof ParameterizedType of) {
        TypeVariable<?>[] parameters = raw.getTypeParameters();
        for (int i = 0; i < parameters.length; i++) {
          arguments.putIfAbsent(parameters[i], in(of.getActualTypeArguments()[i]));
        }
      }
      collect(raw, inherited);
    }
  }

  /** A type with the type parameters in it replaced by what is known of them. */
  Type in(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return arguments.getOrDefault(variable, variable);
    }
    if (type instanceof ParameterizedType parameterized) {
      Type[] inner = parameterized.getActualTypeArguments();
      for (int i = 0; i < inner.length; i++) {
        inner[i] = in(inner[i]);
      }
      return new Resolved(parameterized, inner);
    }
    // Elements of arrays and bounds of wildcards: their classes are known by their values.
    return type;
  }

  /** A type with other arguments. */
  private static final class Resolved implements ParameterizedType {

    private final ParameterizedType type;
    private final Type[] arguments;

    Resolved(ParameterizedType type, Type[] arguments) {
      this.type = type;
      this.arguments = arguments;
    }

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.clone();
    }

    @Override
    public Type getRawType() {
      return type.getRawType();
    }

    @Override
    public @Nullable Type getOwnerType() {
      return type.getOwnerType();
    }
  }
}
