package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.ClassFacts;
import io.github.rediscached.agent.plan.LibraryName;
import io.github.rediscached.agent.plan.ValueOptions;
import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.io.Serializable;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells data from parts of the application: services, repositories, clients, pools. A copy of such
 * an object would never change, or take writes that the original never sees, so a value that
 * reaches one is refused. A class is judged by its annotations and supertypes, by whether it has
 * cached methods, by its name and by its methods. Where the judgement is wrong, the settings {@code
 * values.data} and {@code values.refused} overrule it. Asked by {@link Serializers} and {@link
 * HeldParts}; thread-safe.
 */
final class ApplicationParts {

  /** Annotations of frameworks, by simple name; also as meta-annotations of the application's. */
  private static final Set<String> COMPONENT_ANNOTATIONS =
      Set.of(
          "Component",
          "Service",
          "Repository",
          "Controller",
          "RestController",
          "Configuration",
          "ApplicationScoped",
          "RequestScoped",
          "SessionScoped",
          "Singleton",
          "Stateless",
          "Stateful",
          "MessageDriven",
          "Path",
          "Mapper",
          "FeignClient");

  /** Types of frameworks that are parts of an application. */
  private static final List<String> COMPONENT_TYPES =
      List.of(
          "javax.sql.DataSource",
          "javax.sql.CommonDataSource",
          "jakarta.persistence.EntityManager",
          "jakarta.persistence.EntityManagerFactory",
          "javax.persistence.EntityManager",
          "javax.persistence.EntityManagerFactory",
          "org.hibernate.SessionFactory",
          LibraryName.in("class org.springframework.beans.factory.BeanFactory"),
          LibraryName.in("class org.springframework.data.repository.Repository"),
          LibraryName.in("class org.springframework.jdbc.core.JdbcOperations"),
          LibraryName.in("class org.springframework.web.client.RestOperations"),
          "jakarta.servlet.Servlet",
          "javax.servlet.Servlet",
          "java.net.http.HttpClient");

  private static final List<String> COMPONENT_SUFFIXES =
      List.of("Repository", "Repo", "Dao", "DAO", "Service", "ServiceImpl", "DataSource");

  /** Verbs of methods that work on other objects. */
  private static final List<String> WORKING_VERBS =
      List.of(
          "save",
          "persist",
          "insert",
          "delete",
          "execute",
          "query",
          "fetch",
          "publish",
          "send",
          "dispatch",
          "submit");

  private static final List<String> WORKING_VERBS_OF_OWN =
      List.of("update", "find", "load", "store", "register", "lookup", "create", "read", "write");

  final ValueOptions options;
  private final Set<String> withCachedMethods = ConcurrentHashMap.newKeySet();

  /** Kept by each class itself, which may come and go. */
  private final ClassFacts<Boolean> heldParts =
      new ClassFacts<>() {
        @Override
        protected Boolean about(Class<?> type) {
          return judgeHeld(type);
        }
      };

  ApplicationParts(ValueOptions options) {
    this.options = options;
  }

  /** The static collections in which a class keeps its instances; null if there are none. */
  @Nullable Pools poolsOf(Class<?> type, Opener opener) {
    return options.isData(type) ? null : Pools.of(type, opener);
  }

  /** Records that a class has a cached method, and so is a service. */
  void hasCachedMethods(Class<?> type) {
    withCachedMethods.add(type.getName());
  }

  /**
   * Refuses objects of a class that is a part of the application.
   *
   * @throws Refusal if it is one
   */
  void refuse(Class<?> type) {
    if (Jdk.owns(type) || options.isData(type)) {
      return;
    }
    String why = reason(type);
    if (why != null) {
      throw refusal(type, why);
    }
  }

  static Refusal refusal(Class<?> type, String why) {
    return Refusal.of(
        type,
        why + ": a copy of it would live a life of its own",
        "Return data without it, or list the class in the setting `values.data` if it is data.");
  }

  private @Nullable String reason(Class<?> type) {
    if (options.isRefused(type)) {
      return "which the setting `values.refused` names";
    }
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      if (withCachedMethods.contains(c.getName()) && !saysWhatItIs(type)) {
        return "which has cached methods itself and so is a service";
      }
      for (Annotation annotation : annotationsOf(c)) {
        if (isComponent(annotation.annotationType(), true)) {
          return "which is annotated " + annotation.annotationType().getSimpleName();
        }
      }
    }
    for (String component : COMPONENT_TYPES) {
      if (ByName.isA(type, component) || ByName.extendsClass(type, component)) {
        return "which is " + Refusal.a(component.substring(component.lastIndexOf('.') + 1));
      }
    }
    if (!looksLikeData(type)) {
      for (String suffix : COMPONENT_SUFFIXES) {
        if (type.getSimpleName().endsWith(suffix)) {
          return "which is a part of the application by its name";
        }
      }
      String method = workingMethod(type, WORKING_VERBS);
      if (method != null) {
        return "whose method " + method + " works on other objects";
      }
    }
    return null;
  }

  private static boolean isComponent(Class<? extends Annotation> annotation, boolean andItsOwn) {
    if (Jdk.owns(annotation)) {
      return false;
    }
    String name = annotation.getName();
    boolean ofFramework =
        name.startsWith(LibraryName.in("class org.springframework."))
            || name.startsWith("jakarta.")
            || name.startsWith("javax.")
            || name.startsWith("io.micronaut.")
            || name.startsWith("org.apache.ibatis.")
            || name.startsWith("com.google.inject.");
    if (ofFramework && COMPONENT_ANNOTATIONS.contains(annotation.getSimpleName())) {
      return true;
    }
    if (andItsOwn) {
      for (Annotation own : annotation.getAnnotations()) {
        if (isComponent(own.annotationType(), false)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether an object that is also held by the cached method's own object or class is a part of the
   * application rather than data that both share.
   */
  boolean isHeldPart(Class<?> type) {
    return heldParts.get(type);
  }

  private boolean judgeHeld(Class<?> type) {
    return !Jdk.owns(type)
        && !type.isEnum()
        && !type.isRecord()
        && !options.isData(type)
        && !Immutability.isTold(type)
        && !saysWhatItIs(type)
        && (!hasGetter(type) || workingMethod(type, WORKING_VERBS_OF_OWN) != null);
  }

  /** Data has an {@code equals}, or getters. */
  static boolean looksLikeData(Class<?> type) {
    return saysWhatItIs(type) || hasGetter(type);
  }

  private static boolean saysWhatItIs(Class<?> type) {
    if (type.isRecord()
        || Throwable.class.isAssignableFrom(type)
        || Serializable.class.isAssignableFrom(type)
        || Comparable.class.isAssignableFrom(type)
        || Iterable.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)) {
      return true;
    }
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      for (Method method : methodsOf(c)) {
        if (method.getName().equals("equals")
            && method.getParameterCount() == 1
            && method.getParameterTypes()[0] == Object.class) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether one of the fields can be asked for; what has no fields has nothing to hide. */
  private static boolean hasGetter(Class<?> type) {
    boolean hasFields = false;
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          hasFields = true;
          if (hasGetter(c, field)) {
            return true;
          }
        }
      }
    }
    return !hasFields;
  }

  private static boolean hasGetter(Class<?> type, Field field) {
    String name = field.getName();
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (Method method : methodsOf(type)) {
      if (method.getParameterCount() == 0
          && method.getReturnType().isAssignableFrom(field.getType())
          && (method.getName().equals(name)
              || method.getName().equals("get" + capital)
              || method.getName().equals("is" + capital))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String workingMethod(Class<?> type, List<String> verbs) {
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      for (Method method : methodsOf(c)) {
        if (method.getParameterCount() > 0
            && !method.isSynthetic()
            && !Modifier.isStatic(method.getModifiers())
            && !Modifier.isPrivate(method.getModifiers())) {
          for (String verb : verbs) {
            if (startsWithWord(method.getName(), verb)) {
              return method.getName();
            }
          }
        }
      }
    }
    return null;
  }

  /** None where one of them names a class that the application does not have. */
  private static Method[] methodsOf(Class<?> type) {
    try {
      return type.getDeclaredMethods();
    } catch (LinkageError e) {
      return new Method[0];
    }
  }

  private static Annotation[] annotationsOf(Class<?> type) {
    try {
      return type.getAnnotations();
    } catch (RuntimeException | LinkageError e) {
      return new Annotation[0];
    }
  }

  private static boolean startsWithWord(String name, String verb) {
    return name.startsWith(verb)
        && (name.length() == verb.length() || !Character.isLowerCase(name.charAt(verb.length())));
  }
}
