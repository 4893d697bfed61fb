package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.LibraryName;
import io.github.rediscached.agent.type.Jdk;
import java.io.Externalizable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** Chooses the rule for a class, or says why there is none. Thread-safe. */
final class Rules {

  private static final String RETURN_DATA =
      "Return plain data instead, or mark the field that holds it transient.";

  /** What behaves rather than is: none of it can be had again from bytes. */
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

  /** The same of libraries, by name. */
  private static final String[] ALIVE_NAMES = {
    "scala.collection.Iterator",
    "scala.concurrent.Future",
    "kotlin.sequences.Sequence",
    "kotlinx.coroutines.flow.Flow",
    "kotlinx.coroutines.Job",
    LibraryName.in("class org.reactivestreams.Publisher"),
    LibraryName.in("class org.slf4j.Logger")
  };

  /** Parts of the names of classes that frameworks derive from others at run time. */
  private static final String[] PROXY_NAMES = {
    "$$SpringCGLIB$$",
    "$$EnhancerBy",
    "$$FastClassBy",
    "$ByteBuddy$",
    "$MockitoMock$",
    "_$$_jvst",
    "_$$_Weld",
    "_WeldClientProxy",
    "$$Lambda",
    "_ClientProxy"
  };

  private final Opener opener;

  Rules(Opener opener) {
    this.opener = opener;
  }

  /**
   * Finds the rule for a class.
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
      return application(declaring, new EnumRule());
    }
    return application(type, ruleFor(type));
  }

  private static KnownClass application(Class<?> type, Rule rule) {
    return KnownClass.ofApplication(type, rule, Layouts.of(type));
  }

  private Rule ruleFor(Class<?> type) {
    if (type.isArray()) {
      return type.getComponentType().isPrimitive() ? refuseJdk(type) : new ArrayRule();
    }
    Rule standIn = HibernateRule.of(type);
    if (standIn != null) {
      return standIn;
    }
    refuseAlive(type);
    if (type.isRecord()) {
      return new RecordRule(type, opener);
    }
    if (Throwable.class.isAssignableFrom(type)) {
      refuseHooks(type);
      return new ThrowableRule(type, opener);
    }
    if (Jdk.owns(type)) {
      return refuseJdk(type);
    }
    Field instance = SingletonRule.instanceFieldOf(type);
    if (instance != null) {
      boolean hooked = hookOf(type) != null || !Layouts.isPlainBase(Layouts.baseOf(type));
      return new SingletonRule(
          type, opener.open(instance, type), hooked ? null : new ObjectRule(type, opener));
    }
    Rule ofLibrary = LibraryRule.of(type);
    if (ofLibrary != null) {
      return ofLibrary;
    }
    refuseDerivedFromJdk(type);
    refuseHooks(type);
    ObjectRule rule = new ObjectRule(type, opener);
    return HibernateRule.isEnhanced(type) ? new EnhancedEntityRule(rule) : rule;
  }

  private static Rule refuseJdk(Class<?> type) {
    throw Refusal.of(type, "a class of the JDK that has no rule", RETURN_DATA);
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
    for (String part : PROXY_NAMES) {
      if (type.getName().contains(part)) {
        throw Refusal.of(type, "a proxy that a framework made at run time", RETURN_DATA);
      }
    }
    for (Class<?> alive : ALIVE) {
      if (alive.isAssignableFrom(type)) {
        throw Refusal.of(
            type, "which is a " + alive.getSimpleName() + " and so no lasting value", RETURN_DATA);
      }
    }
    for (String alive : ALIVE_NAMES) {
      if (HibernateRule.implementsInterface(type, alive)) {
        throw Refusal.of(type, "which is a " + alive + " and so no lasting value", RETURN_DATA);
      }
    }
  }

  private static void refuseDerivedFromJdk(Class<?> type) {
    Class<?> base = Layouts.baseOf(type);
    if (!Layouts.isPlainBase(base)) {
      throw Refusal.of(
          type,
          "which extends " + base.getName() + " and so holds what only that class can write",
          "Hold such an object in a field rather than extend its class.");
    }
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw Refusal.of(type, "of which there are no objects", RETURN_DATA);
    }
  }

  private static void refuseHooks(Class<?> type) {
    String hook = hookOf(type);
    if (hook != null) {
      throw Refusal.of(
          type,
          "whose method " + hook + " says that its fields are not all there is to it",
          RETURN_DATA);
    }
  }

  /**
   * The method by which a class takes part in Java's serialisation such that its fields alone do
   * not make a right copy; null if there is none. Reading hooks do not matter where no field is
   * transient, of a superclass neither: then they have nothing to rebuild.
   */
  private static @Nullable String hookOf(Class<?> type) {
    boolean rebuilds = false;
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      rebuilds |= hasTransientField(c);
    }
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        String name = method.getName();
        boolean replaces = name.equals("writeReplace") || name.equals("readResolve");
        boolean customises =
            name.equals("readObject")
                || name.equals("writeObject")
                || (name.equals("readExternal") && Externalizable.class.isAssignableFrom(c));
        if ((replaces && method.getParameterCount() == 0)
            || (customises && rebuilds && method.getParameterCount() == 1)) {
          return name;
        }
      }
    }
    return null;
  }

  private static boolean hasTransientField(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isTransient(field.getModifiers()) && !Modifier.isStatic(field.getModifiers())) {
        return true;
      }
    }
    return false;
  }
}
