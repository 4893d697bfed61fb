package io.github.rediscached.agent.key;

/**
 * Enum constants, also those with bodies: the enum's class and the constant's name.
 *
 * @param className the name of the class that declares the constants
 */
record EnumEncoding(String className) implements Encoding {

  @Override
  public void write(Object value, CanonicalBytes out) throws UnkeyableException {
    out.tag(Tag.ENUM);
    out.text(className);
    out.text(((Enum<?>) value).name());
  }
}
