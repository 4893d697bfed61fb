package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import io.github.rediscached.agent.plan.FrameworkSubclasses;
import io.github.rediscached.agent.plan.LibraryName;
import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the serializer for a class, or refuses it with the reason. Called by {@link ValueCodec},
 * once for each class. Thread-safe.
 */
final class Serializers {

  private static final String RETURN_DATA = "Return plain data instead.";

  /** Types with behaviour rather than content, which no bytes can give back. */
  private static final Class<?>[] ALIVE = {
    AutoCloseable.class,
    Iterator.class,
    Executor.class,
    Future.class,
    Lock.class,
    Thread.class,
    ClassLoader.class,
    java.lang.ref.Reference.class
  };

  /** Such types of libraries, by name. */
  private static final String[] ALIVE_NAMES = {
    "scala.collection.Iterator",
    "scala.concurrent.Future",
    "kotlin.sequences.Sequence",
    "kotlinx.coroutines.flow.Flow",
    "kotlinx.coroutines.Job",
    LibraryName.in("class org.reactivestreams.Publisher"),
    LibraryName.in("class org.slf4j.Logger")
  };

  private final Opener opener;
  private final ApplicationParts application;

  Serializers(Opener opener, ApplicationParts application) {
    this.opener = opener;
    this.application = application;
  }

  /**
   * Finds the serializer for a class.
   *
   * @throws Refusal if its values can't be written
   */
  KnownClass classify(Class<?> type) {
    KnownClass builtIn = BuiltIns.of(type);
    if (builtIn != null) {
      return builtIn;
    }
    if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
      Class<?> declaring = type.isEnum() ? type : type.getSuperclass();
      return application(declaring, new EnumSerializer());
    }
    Class<?> scalaEnum = ScalaEnumSerializer.enumOf(type);
    if (scalaEnum != null) {
      return application(scalaEnum, new ScalaEnumSerializer());
    }
    Class<?> streamable = StreamableSerializer.typeOf(type);
    if (streamable != null) {
      return application(streamable, new StreamableSerializer(opener));
    }
    return application(type, serializerFor(type));
  }

  private KnownClass application(Class<?> type, Serializer<?> serializer) {
    return KnownClass.ofApplication(
        type, serializer, Layouts.of(type), application.isHeldPart(type));
  }

  private Serializer<?> serializerFor(Class<?> type) {
    if (type.isArray()) {
      return type.getComponentType().isPrimitive() ? refuseJdk(type) : new ArraySerializer();
    }
    ValueSerializer standIn = StandInSerializer.of(type);
    if (standIn != null) {
      return standIn;
    }
    if (EnumerationSerializer.isValue(type)) {
      return new EnumerationSerializer();
    }
    List<Field> constants = Constants.of(type);
    if (constants.isEmpty()) {
      return ordinary(type);
    }
    try {
      return new ConstantsSerializer(type, constants, opener, ordinary(type), null);
    } catch (Refusal e) {
      return new ConstantsSerializer(type, constants, opener, null, e);
    }
  }

  /** For objects that are no constants. */
  private ValueSerializer ordinary(Class<?> type) {
    refuseAlive(type);
    application.refuse(type);
    if (type.isRecord()) {
      return new RecordSerializer(type, opener);
    }
    if (Throwable.class.isAssignableFrom(type)) {
      refuseHooks(type);
      return new ThrowableSerializer(type, opener);
    }
    PublicKeySerializer.refuseSecret(type);
    if (Jdk.owns(type)) {
      return refuseJdk(type);
    }
    ValueSerializer ofLibrary = LibrarySerializer.of(type);
    if (ofLibrary == null) {
      ofLibrary = LibraryMapSerializer.of(type, opener);
    }
    if (ofLibrary != null) {
      return ofLibrary;
    }
    SerialHooks hooks = SerialHooks.of(type, opener);
    return hooks.writeReplace() == null
        ? byContent(type, hooks)
        : new SubstituteSerializer(hooks.writeReplace(), contentOrNull(type, hooks));
  }

  /** For objects whose class may name others in their place, but has not. */
  private @Nullable ValueSerializer contentOrNull(Class<?> type, SerialHooks hooks) {
    try {
      return byContent(type, hooks);
    } catch (Refusal e) {
      return null;
    }
  }

  private ValueSerializer byContent(Class<?> type, SerialHooks hooks) {
    refuseWithoutObjects(type);
    Class<?> base = Layouts.baseOf(type);
    if (!Layouts.isPlainBase(base)) {
      return DerivedCollectionSerializer.of(type, base, opener);
    }
    boolean hasSerialForm =
        hooks.isExternalizable() || hooks.writesItself() || hooks.readResolve() != null;
    CheckedSerializer.Check pools = hasSerialForm ? null : application.poolsOf(type, opener);
    CheckedSerializer.Check enhancement = Enhancement.of(type);
    ValueSerializer content =
        hasSerialForm
            ? new SerialFormSerializer(type, hooks, opener)
            : new ObjectSerializer(type, opener);
    return checked(checked(content, pools), enhancement);
  }

  private static ValueSerializer checked(
      ValueSerializer content, CheckedSerializer.@Nullable Check check) {
    return check == null ? content : new CheckedSerializer(content, check);
  }

  private static ValueSerializer refuseJdk(Class<?> type) {
    throw Refusal.of(type, "a class of the JDK that has no serializer", RETURN_DATA);
  }

  private static void refuseAlive(Class<?> type) {
    if (type.isHidden() || type.isSynthetic() || Proxy.isProxyClass(type)) {
      throw Refusal.of(type, "a lambda or a proxy made at run time", RETURN_DATA);
    }
    if (type.isAnonymousClass()) {
      throw Refusal.of(
          type,
          "an anonymous class, whose number may be that of another one in the next version",
          "Give the class a name.");
    }
    if (FrameworkSubclasses.contain(type)) {
      throw Refusal.of(type, "a proxy that a framework made at run time", RETURN_DATA);
    }
    for (Class<?> alive : ALIVE) {
      // Closing a list of rows, as PageHelper's pages can be, ends nothing that a copy would need.
      boolean isRows = alive == AutoCloseable.class && Collection.class.isAssignableFrom(type);
      if (alive.isAssignableFrom(type) && !isRows) {
        throw Refusal.of(
            type,
            "which is " + Refusal.a(alive.getSimpleName()) + " and so no lasting value",
            RETURN_DATA);
      }
    }
    for (String alive : ALIVE_NAMES) {
      if (ByName.isA(type, alive)) {
        throw Refusal.of(
            type, "which is " + Refusal.a(alive) + " and so no lasting value", RETURN_DATA);
      }
    }
  }

  private static void refuseWithoutObjects(Class<?> type) {
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw Refusal.of(type, "of which there are no objects", RETURN_DATA);
    }
  }

  /** The fields of an exception are not written as its own methods would have it. */
  private static void refuseHooks(Class<?> type) {
    if (SerialHooks.takesPart(type)) {
      throw Refusal.of(
          type,
          "an exception whose own methods say that its fields are not all there is to it",
          RETURN_DATA);
    }
  }
}
