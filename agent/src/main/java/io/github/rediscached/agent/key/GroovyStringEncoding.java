package io.github.rediscached.agent.key;

/** Groovy's {@code "... ${x}"}: as the string that it would become if the method asked for one. */
enum GroovyStringEncoding implements Encoding {
  INSTANCE;

  @Override
  public void write(Object value, CanonicalBytes out) throws UnkeyableException {
    out.tag(Tag.STRING);
    out.text(value.toString());
  }
}
