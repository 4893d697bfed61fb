package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.LibraryName;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Spring Data's {@code Streamable.of(…)}, a lambda over the elements that it was given: these are
 * written, under the name of the interface, which makes another lambda of them. It is the
 * application's interface, so it is known by name; what else implements it is as any other class.
 */
final class StreamableSerializer extends ValueSerializer {

  private static final String NAME =
      LibraryName.in("class org.springframework.data.util.Streamable");

  /** Like the empty one, which captures nothing. */
  private static final Object[] NOTHING = {};

  private final Opener opener;

  StreamableSerializer(Opener opener) {
    super(Identity.LATE);
    this.opener = opener;
  }

  /** The interface, for itself and for the lambdas that it makes; null for any other class. */
  static @Nullable Class<?> typeOf(Class<?> type) {
    if (type.getName().equals(NAME)) {
      return type;
    }
    return type.isHidden() && type.getName().startsWith(NAME + "$$Lambda")
        ? ByName.interfaceOf(type, NAME)
        : null;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.write(capturedBy(value));
  }

  /** What it would be asked for anew, and not what that has answered: it may be added to. */
  private Object capturedBy(Object lambda) {
    Object captured = NOTHING;
    try {
      for (Field field : lambda.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          captured = opener.open(field, lambda.getClass()).get(lambda);
        }
      }
    } catch (IllegalAccessException e) {
      captured = lambda;
    }
    if (captured instanceof Object[] || (captured instanceof Iterable && captured != lambda)) {
      return captured;
    }
    throw Refusal.of(
        lambda.getClass(), "a lambda made at run time", "Return a list of its elements instead.");
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return streamableOf(type, reader.readPresent());
  }

  @Override
  boolean comesBackAs(Class<?> written, Class<?> read) {
    return typeOf(read) != null;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return comparison.samePart(written, ".of()", capturedBy(written), capturedBy(read));
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    Class<?> type = ByName.interfaceOf(value.getClass(), NAME);
    if (type == null) {
      throw new NotCopyable();
    }
    return streamableOf(type, copier.copyPresent(capturedBy(value)));
  }

  private static Object streamableOf(Class<?> type, Object elements) {
    Class<?> parameter = elements instanceof Object[] ? Object[].class : Iterable.class;
    try {
      return type.getMethod("of", parameter).invoke(null, elements);
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt(type.getName() + " can't be made of its elements.");
    }
  }
}
