package io.github.rediscached.agent.key;

import io.github.rediscached.agent.plan.LibraryName;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides once for each class how its instances become canonical bytes, or why they can't. The
 * decision is kept in the class itself, so it goes when the class goes.
 */
final class Encodings extends ClassValue<Encoding> {

  private static final Encodings INSTANCE = new Encodings();

  /** What no key can hold, by supertype: it has identity, a life of its own, or is a service. */
  private static final Set<String> REFUSED_TYPES =
      Set.of(
          "java.lang.AutoCloseable",
          "java.lang.ClassLoader",
          "java.lang.Process",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.lang.ref.Reference",
          "java.lang.reflect.InvocationHandler",
          "java.util.Enumeration",
          "java.util.Iterator",
          "java.util.PriorityQueue",
          "java.util.Spliterator",
          "java.util.concurrent.CompletionStage",
          "java.util.concurrent.DelayQueue",
          "java.util.concurrent.Executor",
          "java.util.concurrent.Flow$Publisher",
          "java.util.concurrent.Flow$Subscriber",
          "java.util.concurrent.Flow$Subscription",
          "java.util.concurrent.Future",
          "java.util.concurrent.PriorityBlockingQueue",
          "java.util.concurrent.locks.Condition",
          "java.util.concurrent.locks.Lock",
          "java.util.concurrent.locks.ReadWriteLock",
          "jakarta.persistence.EntityManager",
          "javax.persistence.EntityManager",
          "javassist.util.proxy.ProxyObject",
          "net.sf.cglib.proxy.Factory",
          "org.hibernate.proxy.HibernateProxy",
          "org.jboss.weld.bean.proxy.ProxyObject",
          LibraryName.in("class org.reactivestreams.Publisher"),
          LibraryName.in("class org.reactivestreams.Subscriber"),
          LibraryName.in("class org.springframework.aop.SpringProxy"),
          LibraryName.in("class org.springframework.beans.factory.BeanFactory"),
          LibraryName.in("class org.springframework.cglib.proxy.Factory"));

  /**
   * The same by package: requests, responses and their surroundings; what belongs to a database.
   */
  private static final List<String> REFUSED_PACKAGES =
      List.of(
          "jakarta.servlet.",
          "javax.servlet.",
          "java.sql.",
          "javax.sql.",
          LibraryName.in("class org.springframework.web.context.request."),
          LibraryName.in("class org.springframework.web.server."));

  private Encodings() {}

  /** The encoding of instances of this very class. */
  static Encoding of(Class<?> type) {
    return INSTANCE.get(type);
  }

  @Override
  protected Encoding computeValue(Class<?> type) {
    if (Enum.class.isAssignableFrom(type)) {
      return new EnumEncoding(declaringEnum(type).getName());
    } else if (type.isArray()) {
      return new ArrayEncoding(type.getName());
    }
    boolean ofJdk = isOfJdk(type);
    JdkType jdkType = ofJdk ? JdkType.of(type) : null;
    if (jdkType != null) {
      return jdkType;
    }
    Supertypes supertypes = new Supertypes(type);
    Refused refused = refused(type, supertypes);
    if (refused != null) {
      return refused;
    }
    CollectionEncoding collection = CollectionEncoding.of(type);
    if (collection != null) {
      return collection(type, supertypes, collection);
    } else if (ofJdk) {
      return Refused.instanceOf(type);
    }
    return object(type, supertypes);
  }

  private static @Nullable Refused refused(Class<?> type, Supertypes supertypes) {
    if (type.isHidden() || type.isSynthetic()) {
      return new Refused("is a lambda or another class made at run time");
    } else if (Proxy.isProxyClass(type)) {
      return new Refused("is a proxy");
    }
    for (Class<?> each : supertypes.all()) {
      if (isRefused(each.getName())) {
        return Refused.instanceOf(type);
      }
    }
    return null;
  }

  private static boolean isRefused(String name) {
    if (REFUSED_TYPES.contains(name)) {
      return true;
    }
    for (String each : REFUSED_PACKAGES) {
      if (name.startsWith(each)) {
        return true;
      }
    }
    return false;
  }

  private static Encoding collection(
      Class<?> type, Supertypes supertypes, CollectionEncoding encoding) {
    LazyCollection lazy;
    try {
      lazy = LazyCollection.of(supertypes, encoding);
    } catch (NoSuchMethodException e) {
      return new Refused("is a lazy collection of an unknown kind: " + type.getName());
    }
    if (lazy != null) {
      return lazy;
    }
    // The defaults of properties are no entries of theirs.
    Encoding content = Properties.class.isAssignableFrom(type) ? JdkType.PROPERTIES : encoding;
    List<Field> added = fieldsBesideElements(type);
    return added.isEmpty() ? content : ObjectEncoding.ofCollection(type, added, content);
  }

  /**
   * A class such as {@code Page extends ArrayList} may have more to it than its elements. Where the
   * superclass is not one of the JDK that holds the elements, the fields hold them: then only those
   * count that hold a number or a text, such as how many there are on all pages; and none of a
   * class that writes itself, which may keep there how large its table is. Fields of the compiler
   * are left out: the enclosing instance of {@code new HashMap<>() {{ put(…); }}} is no content.
   */
  private static List<Field> fieldsBesideElements(Class<?> type) {
    Class<?> base = type;
    boolean writesItself = false;
    while (base != null && !isOfJdk(base)) {
      writesItself |= OwnSerialForm.writesItself(base);
      base = base.getSuperclass();
    }
    if (base == type) {
      return List.of();
    }
    boolean holdsElements =
        base != null && base != Object.class && !Modifier.isAbstract(base.getModifiers());
    if (!holdsElements && writesItself) {
      return List.of();
    }
    List<Field> fields = ObjectEncoding.fields(type, Encodings::isOfJdk);
    fields.removeIf(field -> field.isSynthetic() || !(holdsElements || isScalar(field.getType())));
    return fields;
  }

  private static boolean isScalar(Class<?> type) {
    return type.isPrimitive()
        || type.isEnum()
        || type == String.class
        || type == Boolean.class
        || type == Character.class
        || (Number.class.isAssignableFrom(type) && isOfJdk(type));
  }

  private static Encoding object(Class<?> type, Supertypes supertypes) {
    if (type.isAnonymousClass()) {
      // Its number may name other code in the next version of the application.
      return new Refused("is an anonymous class (" + type.getName() + ")");
    } else if (type.isLocalClass()) {
      return new Refused("is a local class (" + type.getName() + ")");
    } else if (OwnSerialForm.hidesContent(supertypes)) {
      return new Refused(
          Refused.instanceOf(type).reason()
              + ", which has transient fields and writes them itself");
    }
    Class<?> base = type;
    while (base != null && !isOfJdk(base)) {
      base = base.getSuperclass();
    }
    for (; base != null; base = base.getSuperclass()) {
      for (Field field : base.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          return new Refused(
              Refused.instanceOf(type).reason() + ", which extends " + base.getName());
        }
      }
    }
    return ObjectEncoding.ofObject(type, ObjectEncoding.fields(type, Encodings::isOfJdk));
  }

  /** The class that declares a constant, where its own class is the constant's body. */
  private static Class<?> declaringEnum(Class<?> type) {
    Class<?> superclass = type.getSuperclass();
    return superclass == null || superclass == Enum.class ? type : superclass;
  }

  static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }
}
