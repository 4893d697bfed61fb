package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Text;

/** Groovy's {@code "... ${x}"}: as the string that it would become if the method asked for one. */
final class GroovyStringEncoding extends CanonicalSerializer {

  @Override
  void write(CanonicalBytes out, Object value) {
    out.writeByte(Tag.STRING);
    Text.write(out, value.toString());
  }
}
