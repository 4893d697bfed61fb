package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Text;

/** Arrays of objects: the type and all elements, however deep. */
final class ArrayEncoding extends CanonicalSerializer {

  private final String className;

  /**
   * @param className the name of the array's class, such as {@code [Ljava.lang.String;}
   */
  ArrayEncoding(String className) {
    this.className = className;
  }

  @Override
  void write(CanonicalBytes out, Object value) {
    Object[] elements = (Object[]) value;
    out.writeByte(Tag.ARRAY);
    Text.write(out, className);
    out.enter(elements);
    out.writeVarInt(elements.length, true);
    for (int i = 0; i < elements.length; i++) {
      out.part(i);
      out.value(elements[i]);
    }
    out.leave();
  }
}
