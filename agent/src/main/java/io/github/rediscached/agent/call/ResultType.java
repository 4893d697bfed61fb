package io.github.rediscached.agent.call;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericSignatureFormatError;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

/**
 * The type of the results that a method's entries hold. Of a method that returns a future it is the
 * type of the value; {@code Object} where that is not said, or by a wildcard.
 *
 * @param declared with its type arguments
 * @param type the class of all results; never a primitive type, but its wrapper
 */
record ResultType(Type declared, Class<?> type) {

  static ResultType of(Method method) {
    return of(method, method.getDeclaringClass());
  }

  /**
   * @param type that has or inherits the method
   */
  static ResultType of(Method method, Class<?> type) {
    Type declared = declaredBy(method, type);
    if (!AsyncCall.isFor(method)) {
      return new ResultType(
          declared, MethodType.methodType(method.getReturnType()).wrap().returnType());
    }
    Type value =
        declared instanceof ParameterizedType future
            ? future.getActualTypeArguments()[0]
            : Object.class;
    return value instanceof WildcardType
        ? new ResultType(Object.class, Object.class)
        : new ResultType(value, erased(value));
  }

  private static Type declaredBy(Method method, Class<?> type) {
    try {
      Type declared = method.getGenericReturnType();
      return type == method.getDeclaringClass()
          ? declared
          : new TypeArguments(type, method.getDeclaringClass()).in(declared);
    } catch (GenericSignatureFormatError
        | TypeNotPresentException
        | MalformedParameterizedTypeException e) {
      // Some compilers and shrinkers write what Java can't read.
      return method.getReturnType();
    }
  }

  private static Class<?> erased(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType parameterized) {
      return erased(parameterized.getRawType());
    }
    if (type instanceof GenericArrayType array) {
      return Array.newInstance(erased(array.getGenericComponentType()), 0).getClass();
    }
    return type instanceof TypeVariable<?> variable
        ? erased(variable.getBounds()[0])
        : Object.class;
  }
}
