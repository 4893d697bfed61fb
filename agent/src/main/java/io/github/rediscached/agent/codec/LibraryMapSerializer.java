package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.LibraryName;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Constructor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Maps of libraries that are not their fields, so their own constructor makes them anew: Spring's
 * map that ignores the case of its keys, which consists of anonymous classes, and Gson's map of an
 * object's members, whose substitute in Java's serialisation does not fit where the map came from.
 * They are the application's classes, so they are known by name. Their keys are text, so hashing
 * them never meets what is read only in part.
 */
final class LibraryMapSerializer extends ElementsSerializer {

  private static final String OF_SPRING =
      LibraryName.in("class org.springframework.util.LinkedCaseInsensitiveMap");
  private static final String OF_GSON = "com.google.gson.internal.LinkedTreeMap";

  private final Constructor<?> constructor;

  private LibraryMapSerializer(Extra extra, Constructor<?> constructor) {
    super(Identity.EARLY, true, Order.LISTED, extra);
    this.constructor = constructor;
  }

  /** The serializer for one of these maps; null for any other class. */
  static @Nullable LibraryMapSerializer of(Class<?> type, Opener opener) {
    if (type.getName().equals(OF_SPRING)) {
      return of(type, Extra.LOCALE, opener, int.class, Locale.class);
    }
    return type.getName().equals(OF_GSON) ? of(type, Extra.NONE, opener) : null;
  }

  private static LibraryMapSerializer of(
      Class<?> type, Extra extra, Opener opener, Class<?>... parameters) {
    try {
      return new LibraryMapSerializer(
          extra, opener.open(type.getDeclaredConstructor(parameters), type));
    } catch (NoSuchMethodException e) {
      throw Refusal.of(type, "which can't be made anew", "Return a map of the JDK.");
    }
  }

  @Override
  Object create(Class<?> type, int length, @Nullable Object locale) {
    try {
      return locale == null ? constructor.newInstance() : constructor.newInstance(length, locale);
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt(type.getName() + " can't be made anew.");
    }
  }
}
