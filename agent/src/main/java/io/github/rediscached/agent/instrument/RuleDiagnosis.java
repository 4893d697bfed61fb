package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.classfile.LoadedClassFiles;
import io.github.rediscached.agent.plan.MethodPattern;
import io.github.rediscached.agent.plan.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a rule matches no method of the loaded classes, and which names come nearest. It
 * reads class files anew and loads none, so it takes its time.
 */
final class RuleDiagnosis {

  private static final int MAX_SHOWN = 5;

  private final List<MethodRule> rules;
  private final List<Class<?>> loaded;
  private final LoadedClassFiles files;
  private final Set<String> names = new TreeSet<>();

  /**
   * @param loaded the application's classes
   * @param files open as long as this is asked
   */
  RuleDiagnosis(List<MethodRule> rules, List<Class<?>> loaded, LoadedClassFiles files) {
    this.rules = rules;
    this.loaded = loaded;
    this.files = files;
    for (Class<?> type : loaded) {
      names.add(type.getName());
    }
  }

  /** The reason and a remedy. */
  String of(int rule) {
    MethodPattern pattern = rules.get(rule).pattern();
    List<Class<?>> types = typesOf(pattern);
    return types.isEmpty() ? withoutClass(pattern) : withoutMethod(rule, types);
  }

  private List<Class<?>> typesOf(MethodPattern pattern) {
    List<Class<?>> named = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (pattern.matchesClass(type.getName())) {
        named.add(type);
      }
    }
    if (!pattern.includesSubtypes()) {
      return named;
    }
    List<Class<?>> types = new ArrayList<>();
    for (Class<?> type : loaded) {
      for (Class<?> supertype : named) {
        if (supertype.isAssignableFrom(type)) {
          types.add(type);
          break;
        }
      }
    }
    return types;
  }

  private String withoutClass(MethodPattern pattern) {
    String name = pattern.exactClassName();
    if (name != null && isOfJdk(name)) {
      return name + " belongs to the JDK, whose methods are never cached. Remove the rule.";
    }
    String nearest = name == null ? nearestPackage(pattern.typeName()) : nearestClass(name);
    return "no class "
        + pattern.typeName()
        + " is loaded so far. "
        + (nearest == null
            ? "Check its name, unless it is loaded later."
            : "Did you mean " + nearest + "?");
  }

  private static boolean isOfJdk(String name) {
    try {
      Class.forName(name, false, ClassLoader.getPlatformClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** With nearly the same name, else of the same simple name. */
  private @Nullable String nearestClass(String name) {
    String nearest = Suggestion.nearest(name, names);
    if (nearest != null) {
      return nearest;
    }
    for (String candidate : names) {
      if (simple(candidate).equals(simple(name))) {
        return candidate;
      }
    }
    return null;
  }

  private static String simple(String name) {
    return name.substring(1 + Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')));
  }

  /** In place of the packages before the first wildcard, if there are no such packages. */
  private @Nullable String nearestPackage(String typeName) {
    int wildcard = typeName.indexOf('*');
    int anyPackages = typeName.indexOf("..");
    int end =
        anyPackages >= 0 && (wildcard < 0 || anyPackages < wildcard)
            ? anyPackages
            : typeName.lastIndexOf('.', wildcard);
    if (end <= 0) {
      return null;
    }
    String wanted = typeName.substring(0, end);
    Set<String> packages = new LinkedHashSet<>();
    for (String name : names) {
      if (name.startsWith(wanted.concat("."))) {
        return null;
      }
      packages.add(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
    }
    String nearest = Suggestion.nearest(wanted, packages);
    return nearest == null ? null : nearest + typeName.substring(end);
  }

  private String withoutMethod(int rule, List<Class<?>> types) {
    MethodPattern pattern = rules.get(rule).pattern();
    Set<String> signatures = new TreeSet<>();
    String withoutCode = null;
    for (Class<?> type : types) {
      ClassModel model = modelOf(type);
      if (model == null) {
        continue;
      }
      for (MethodModel method : model.methods()) {
        if (method.is(Opcodes.ACC_SYNTHETIC) || method.name.startsWith("<")) {
          continue;
        }
        if (pattern.matchesMethod(method.name, method.parameterTypes())) {
          if (!method.isAbstract()) {
            return takenByOthers(rule, type, method);
          }
          withoutCode = type.getName() + '.' + signature(method);
        }
        signatures.add(signature(method));
      }
    }
    if (withoutCode != null) {
      return withoutCode + withoutCode(pattern);
    }
    String inherited = inherited(pattern, types);
    return inherited != null
        ? inherited
        : subject(types) + " no such method. " + nearestMethods(pattern.methodName(), signatures);
  }

  private static String withoutCode(MethodPattern pattern) {
    return pattern.includesSubtypes()
        ? " is abstract, and no class with code for it is loaded so far, nor a proxy of"
            + " java.lang.reflect.Proxy. Lambdas can't be changed: write a class instead."
        : " is abstract, and no proxy of java.lang.reflect.Proxy is made for it so far. Put a +"
            + " behind the type in the rule, for all methods that implement it.";
  }

  private @Nullable ClassModel modelOf(Class<?> type) {
    byte[] classFile = files.of(type);
    ClassModel model = classFile == null ? null : ClassModel.read(new ClassReader(classFile));
    return model == null || FrameworkProxies.contain(model) ? null : model;
  }

  private String takenByOthers(int rule, Class<?> type, MethodModel method) {
    String what = type.getName() + '.' + signature(method);
    for (MethodRule earlier : rules.subList(0, rule)) {
      if (earlier.cached() != null
          && rules.get(rule).cached() != null
          && typesOf(earlier.pattern()).contains(type)
          && earlier.pattern().matchesMethod(method.name, method.parameterTypes())) {
        return what + " is matched by the rule of " + earlier.place() + ". Move one before it.";
      }
    }
    return what + " could not be changed after its class was loaded.";
  }

  private @Nullable String inherited(MethodPattern pattern, List<Class<?>> types) {
    for (Class<?> type : types) {
      for (Class<?> supertype : supertypes(type)) {
        ClassModel model = modelOf(supertype);
        if (model == null) {
          continue;
        }
        for (MethodModel method : model.methods()) {
          if (method.isInherited()
              && !method.is(Opcodes.ACC_SYNTHETIC)
              && pattern.matchesMethod(method.name, method.parameterTypes())) {
            return type.getName()
                + " inherits "
                + signature(method)
                + " from "
                + supertype.getName()
                + ". Name that class in the rule.";
          }
        }
      }
    }
    return null;
  }

  /** All of them, the nearest first. */
  private static Set<Class<?>> supertypes(Class<?> type) {
    Set<Class<?>> supertypes = new LinkedHashSet<>();
    for (Class<?> at = type.getSuperclass(); at != null; at = at.getSuperclass()) {
      supertypes.add(at);
    }
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Class<?> implemented : at.getInterfaces()) {
        supertypes.add(implemented);
        supertypes.addAll(supertypes(implemented));
      }
    }
    return supertypes;
  }

  private static String subject(List<Class<?>> types) {
    return types.size() == 1
        ? types.get(0).getName() + " has"
        : "the " + types.size() + " classes that it names so far have";
  }

  /** The overloads of that name, else those of the most similar one, else some methods. */
  private static String nearestMethods(String wanted, Set<String> signatures) {
    Set<String> methodNames = new LinkedHashSet<>();
    for (String signature : signatures) {
      methodNames.add(nameIn(signature));
    }
    String nearest =
        methodNames.contains(wanted) ? wanted : Suggestion.nearest(wanted, methodNames);
    List<String> shown = new ArrayList<>();
    for (String signature : signatures) {
      if (nearest == null || nameIn(signature).equals(nearest)) {
        shown.add(signature);
      }
    }
    if (shown.isEmpty()) {
      return "Check its name.";
    }
    String more = shown.size() > MAX_SHOWN ? ", ..." : "";
    String list = String.join(", ", shown.subList(0, Math.min(MAX_SHOWN, shown.size()))) + more;
    return nearest == null ? "There are " + list + "." : "Did you mean " + list + "?";
  }

  private static String nameIn(String signature) {
    return signature.substring(0, signature.indexOf('('));
  }

  private static String signature(MethodModel method) {
    return method.name + '(' + String.join(",", method.parameterTypes()) + ')';
  }
}
