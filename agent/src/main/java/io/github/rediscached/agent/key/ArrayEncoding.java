package io.github.rediscached.agent.key;

import org.jspecify.annotations.Nullable;

/**
 * Arrays: the type and all elements, however deep.
 *
 * @param className the name of the array's class, such as {@code [I}
 */
record ArrayEncoding(String className) implements Encoding {

  @Override
  public void write(Object value, CanonicalBytes out) throws UnkeyableException {
    out.tag(Tag.ARRAY);
    out.text(className);
    if (value instanceof Object[] elements) {
      objects(elements, out);
    } else if (value instanceof byte[] elements) {
      out.bytes(elements);
    } else {
      numbers(value, out);
    }
  }

  private static void objects(@Nullable Object[] elements, CanonicalBytes out)
      throws UnkeyableException {
    out.enter(elements);
    out.count(elements.length);
    for (int i = 0; i < elements.length; i++) {
      out.part(i);
      out.value(elements[i]);
    }
    out.leave();
  }

  private static void numbers(Object array, CanonicalBytes out) throws UnkeyableException {
    if (array instanceof int[] elements) {
      out.count(elements.length);
      out.require(4L * elements.length);
      for (int element : elements) {
        out.int32(element);
      }
    } else if (array instanceof long[] elements) {
      out.count(elements.length);
      out.require(8L * elements.length);
      for (long element : elements) {
        out.int64(element);
      }
    } else if (array instanceof double[] elements) {
      out.count(elements.length);
      for (double element : elements) {
        out.float64(element);
      }
    } else if (array instanceof float[] elements) {
      out.count(elements.length);
      for (float element : elements) {
        out.float32(element);
      }
    } else if (array instanceof boolean[] elements) {
      out.count(elements.length);
      for (boolean element : elements) {
        out.bool(element);
      }
    } else if (array instanceof short[] elements) {
      out.count(elements.length);
      for (short element : elements) {
        out.int16(element);
      }
    } else {
      char[] elements = (char[]) array;
      out.count(elements.length);
      for (char element : elements) {
        out.int16(element);
      }
    }
  }
}
