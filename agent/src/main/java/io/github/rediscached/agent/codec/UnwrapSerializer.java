package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Opener;
import java.util.Map;

/**
 * Views of which what is inside is written: a checked collection comes back as the one it checks,
 * and a set over a map as a set like that map's keys.
 */
final class UnwrapSerializer extends StandInSerializer {

  private final JdkField field;
  private final boolean isSetFromMap;

  /**
   * @param declaring the class that declares the field with what is inside
   */
  UnwrapSerializer(Class<?> declaring, String field) {
    this.field = new JdkField(declaring, field);
    this.isSetFromMap = declaring.getSimpleName().equals("SetFromMap");
  }

  @Override
  Object replace(Opener opener, Object value) {
    Object inside = field.get(opener, value);
    if (inside == null) {
      throw new IllegalStateException();
    }
    return isSetFromMap ? ((Map<?, ?>) inside).keySet() : inside;
  }
}
