package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.ValueOptions;
import io.github.rediscached.agent.thread.DaemonThreads;
import io.github.rediscached.agent.thread.Pool;
import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Reads and writes values of the classes of one class loader: keeps what is known of each class,
 * and a pool of {@link ValueKryo}s. It holds the loader strongly, so a holder of the codec keeps
 * the loader alive; no static field holds a class of the application. Thread-safe.
 */
public final class ValueCodec {

  final ClassLoader loader;
  final Opener opener;
  private final Serializers serializers;
  final Immutability immutability;
  private final ApplicationParts application;
  private final Map<Class<?>, KnownClass> known = new ConcurrentHashMap<>();
  final Pool<ValueKryo> kryos = new Pool<>(() -> ValueKryo.of(this));

  /**
   * @param loader finds the classes that an entry names
   * @param opener opens the package of a class to this package's module, for reflection; asked for
   *     classes of the application and of the JDK, and may throw
   * @param options what the settings say of classes
   */
  public ValueCodec(ClassLoader loader, Consumer<Class<?>> opener, ValueOptions options) {
    this.loader = loader;
    this.opener = new Opener(opener);
    this.application = new ApplicationParts(options);
    this.serializers = new Serializers(this.opener, application);
    this.immutability = new Immutability(this.opener);
  }

  /** Loads on a thread of its own the classes that the first value would wait for. */
  public static void prepare() {
    DaemonThreads.named("rediscached-prepare", new Preparation()).start();
  }

  /**
   * Prepares for the results of a method.
   *
   * @param owner the class that declares it: a part of the application, not data
   * @param declaredType its generic return type
   * @param cachedExceptions exceptions of which instances will be written as well
   */
  public ValueFormat formatOf(Class<?> owner, Type declaredType, List<Class<?>> cachedExceptions) {
    if (!owner.isRecord() && !owner.isEnum() && !owner.isInterface()) {
      application.hasCachedMethods(owner);
    }
    return new ValueFormat(
        this, new HeldParts(owner, application, opener), declaredType, cachedExceptions);
  }

  ValueOptions options() {
    return application.options;
  }

  /**
   * Whether a copy of an object is as good as the object: it is immutable, or a setting says so.
   */
  boolean isData(Object object) {
    return application.options.isData(object.getClass()) || immutability.parts(object) >= 0;
  }

  /**
   * Returns what is known of a class.
   *
   * @throws Refusal if its values can't be written
   */
  KnownClass known(Class<?> type) {
    KnownClass found = known.get(type);
    if (found == null) {
      found = classify(type);
      KnownClass first = known.putIfAbsent(type, found);
      return first != null ? first : found;
    }
    return found;
  }

  private KnownClass classify(Class<?> type) {
    try {
      requireVisible(type);
      return serializers.classify(type);
    } catch (LinkageError | TypeNotPresentException e) {
      throw Refusal.of(
          type,
          "which names a class that is missing: " + e.getMessage(),
          "Add the missing class to the application.");
    }
  }

  /**
   * Refuses classes of other loaders: their entries could not be read, and this codec would keep
   * such a loader alive.
   */
  private void requireVisible(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    if (element.isPrimitive() || element.isHidden() || Jdk.owns(element)) {
      return;
    }
    try {
      if (Class.forName(element.getName(), false, loader) == element) {
        return;
      }
    } catch (ClassNotFoundException e) {
      // Refused below.
    }
    throw Refusal.of(
        type,
        "a class that the class loader of the cached method does not see",
        "Return a class that both share.");
  }
}
