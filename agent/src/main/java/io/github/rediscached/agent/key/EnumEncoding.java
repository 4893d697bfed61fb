package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Text;

/** Enum constants, also those with bodies: the enum's class and the constant's name. */
final class EnumEncoding extends CanonicalSerializer {

  private final String className;

  /**
   * @param className the name of the class that declares the constants
   */
  EnumEncoding(String className) {
    this.className = className;
  }

  @Override
  void write(CanonicalBytes out, Object value) {
    out.writeByte(Tag.ENUM);
    Text.write(out, className);
    Text.write(out, ((Enum<?>) value).name());
  }
}
