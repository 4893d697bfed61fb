package com.acme.methods;

import io.github.rediscached.RedisCached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Methods of every shape that Java knows, each called twice with the same arguments. */
public final class Shapes {

  private Shapes() {}

  public static void main(String[] args) {
    Shapes shapes = new Shapes();
    Calls.twice("static", () -> ofClass(1));
    Calls.twice("instance", () -> shapes.ofInstance(1));
    Calls.twice("private", () -> shapes.hidden(1));
    Calls.twice("final", () -> shapes.last(1));
    Calls.twice("synchronized", () -> shapes.locked(1));
    System.out.println("unlocked=" + !Thread.holdsLock(shapes));
    Calls.twice("staticSynchronized", () -> lockedClass(1));
    System.out.println("unlockedClass=" + !Thread.holdsLock(Shapes.class));
    primitives(shapes);
    parameters(shapes);
    results(shapes);
    code(shapes);
    exceptions(shapes);
    types();
    Calls.twice("recursion", () -> shapes.fibonacci(20));
    Calls.twice("nested", () -> shapes.outer(3));
  }

  @RedisCached
  static String ofClass(int id) {
    Calls.ran();
    return "static " + id;
  }

  @RedisCached
  String ofInstance(int id) {
    Calls.ran();
    return "instance " + id;
  }

  @RedisCached
  private String hidden(int id) {
    Calls.ran();
    return "private " + id;
  }

  @RedisCached
  final String last(int id) {
    Calls.ran();
    return "final " + id;
  }

  @RedisCached
  synchronized boolean locked(int id) {
    Calls.ran();
    return Thread.holdsLock(this);
  }

  @RedisCached
  static synchronized boolean lockedClass(int id) {
    Calls.ran();
    return Thread.holdsLock(Shapes.class);
  }

  private static void primitives(Shapes shapes) {
    Calls.twice("boolean", () -> shapes.truth(true));
    Calls.twice("byte", () -> shapes.ofByte((byte) -128));
    Calls.twice("short", () -> shapes.ofShort(Short.MIN_VALUE));
    Calls.twice("char", () -> shapes.ofChar('x'));
    Calls.twice("int", () -> shapes.ofInt(Integer.MIN_VALUE));
    Calls.twice("long", () -> shapes.ofLong(Long.MIN_VALUE));
    Calls.twice("float", () -> shapes.ofFloat(Float.NaN));
    Calls.twice("double", () -> shapes.ofDouble(-0.0));
  }

  @RedisCached
  boolean truth(boolean value) {
    Calls.ran();
    return value;
  }

  @RedisCached
  byte ofByte(byte value) {
    Calls.ran();
    return value;
  }

  @RedisCached
  short ofShort(short value) {
    Calls.ran();
    return value;
  }

  @RedisCached
  char ofChar(char value) {
    Calls.ran();
    return value;
  }

  @RedisCached
  int ofInt(int value) {
    Calls.ran();
    return value;
  }

  @RedisCached
  long ofLong(long value) {
    Calls.ran();
    return value;
  }

  @RedisCached
  float ofFloat(float value) {
    Calls.ran();
    return value;
  }

  @RedisCached
  double ofDouble(double value) {
    Calls.ran();
    return value;
  }

  private static void parameters(Shapes shapes) {
    Calls.twice("wide", () -> shapes.wide(1L, 2.5, "three", 4L, (short) 5, 6f));
    Calls.twice("staticWide", () -> staticWide(1.5, 2L, 'c'));
    Calls.twice("varargs", () -> shapes.varargs("a", 1, 2, 3));
    Calls.twice("noVarargs", () -> shapes.varargs("a"));
    Calls.twice("reassigned", () -> shapes.reassigned(5, "x"));
    Calls.twice("none", shapes::none);
  }

  @RedisCached
  String wide(long a, double b, String c, long d, short e, float f) {
    Calls.ran();
    return a + " " + b + " " + c + " " + d + " " + e + " " + f;
  }

  @RedisCached
  static String staticWide(double a, long b, char c) {
    Calls.ran();
    return a + " " + b + " " + c;
  }

  @RedisCached
  String varargs(String first, int... more) {
    Calls.ran();
    return first + more.length;
  }

  @RedisCached
  String reassigned(long number, String text) {
    Calls.ran();
    while (number > 0) {
      text += number--;
    }
    number = text.length();
    return text + number;
  }

  @RedisCached
  String none() {
    Calls.ran();
    return "none";
  }

  private static void results(Shapes shapes) {
    Calls.twice("array", () -> shapes.array(3));
    Calls.twice("arrays", () -> shapes.arrays("x"));
    Calls.twice("generic", () -> shapes.generic("x"));
    Calls.twice("variable", () -> shapes.variable(List.of("a", "b")));
    Calls.twice("optional", () -> shapes.optional(1));
    Calls.twice("noOptional", () -> shapes.optional(0));
    Calls.twice("boxed", () -> shapes.boxed(7));
    Calls.twice("null", () -> shapes.nothing(1));
    Calls.twice("nullNotCached", () -> shapes.nothingNotCached(0));
    Calls.twice("notNullCached", () -> shapes.nothingNotCached(1));
  }

  @RedisCached
  int[] array(int length) {
    Calls.ran();
    int[] array = new int[length];
    array[0] = 1;
    return array;
  }

  @RedisCached
  String[][] arrays(String text) {
    Calls.ran();
    return new String[][] {{text, null}, {}, null};
  }

  @RedisCached
  Map<String, List<Integer>> generic(String key) {
    Calls.ran();
    return Map.of(key, List.of(1, 2));
  }

  @RedisCached
  <T extends Comparable<T>> T variable(List<T> list) {
    Calls.ran();
    return list.get(list.size() - 1);
  }

  @RedisCached
  Optional<String> optional(int id) {
    Calls.ran();
    return id == 0 ? Optional.empty() : Optional.of("optional " + id);
  }

  @RedisCached
  Integer boxed(Integer id) {
    Calls.ran();
    return id;
  }

  @RedisCached
  String nothing(int id) {
    Calls.ran();
    return null;
  }

  @RedisCached(cacheNull = false)
  String nothingNotCached(int id) {
    Calls.ran();
    return id == 0 ? null : "something";
  }

  private static void code(Shapes shapes) {
    Calls.twice("return in try", () -> shapes.tries(1));
    Calls.twice("return in catch", () -> shapes.tries(0));
    Calls.twice("return in finally", () -> shapes.returnsInFinally(0));
    Calls.twice("nested tries", () -> shapes.nestedTries(2));
    Calls.twice("resources", () -> shapes.resources(1));
    Calls.twice("loop", () -> shapes.loop(10));
    Calls.twice("endless loop", () -> shapes.endless(10));
    Calls.twice("switch", () -> shapes.switches("two"));
    Calls.twice("switch expression", () -> shapes.switchExpression(3));
    Calls.twice("returns", () -> shapes.returns(3));
    Calls.twice("unassigned", () -> shapes.unassigned(true));
    Calls.twice("lambda", () -> shapes.lambda(4));
    Calls.twice("monitor", () -> shapes.monitor("x"));
    Calls.twice("patterns", () -> shapes.patterns("x"));
    Calls.twice("ternaries", () -> shapes.ternaries(5, 3L));
  }

  @RedisCached
  String tries(int divisor) {
    Calls.ran();
    try {
      return "try " + 10 / divisor;
    } catch (ArithmeticException e) {
      return "catch";
    } finally {
      divisor = 7;
    }
  }

  @SuppressWarnings("finally")
  @RedisCached
  String returnsInFinally(int divisor) {
    Calls.ran();
    try {
      throw new IllegalStateException("lost " + 10 / divisor);
    } finally {
      return "finally";
    }
  }

  @RedisCached
  long nestedTries(int times) {
    Calls.ran();
    long sum = 0;
    for (int i = 0; i < times; i++) {
      try {
        try {
          sum += 10 / (i % 2);
          if (sum > 0) {
            continue;
          }
          sum--;
        } catch (ArithmeticException e) {
          sum += 100;
          if (i > 5) {
            return sum;
          }
        } finally {
          sum += 1000;
        }
      } finally {
        sum++;
      }
    }
    return sum;
  }

  @RedisCached
  String resources(int id) throws IOException {
    Calls.ran();
    StringBuilder said = new StringBuilder();
    try (AutoCloseable one = () -> said.append("closed");
        AutoCloseable two = () -> said.append("first ")) {
      said.append(id).append(one == two).append(' ');
    } catch (Exception e) {
      throw new IOException(e);
    }
    return said.toString();
  }

  @RedisCached
  double loop(int times) {
    Calls.ran();
    double product = 1;
    for (int i = 1; i <= times; i++) {
      product *= i;
    }
    return product;
  }

  @RedisCached
  int endless(int until) {
    while (true) {
      if (--until < 0) {
        Calls.ran();
        return until;
      }
    }
  }

  @SuppressWarnings("StatementSwitchToExpressionSwitch") // Has other byte code.
  @RedisCached
  int switches(String text) {
    Calls.ran();
    switch (text) {
      case "one":
        return 1;
      case "two":
        return 2;
      default:
        break;
    }
    return 3;
  }

  @RedisCached
  String switchExpression(int number) {
    Calls.ran();
    return switch (number) {
      case 1, 2 -> "few";
      case 3 -> {
        String text = "three";
        yield text + number;
      }
      default -> throw new IllegalArgumentException();
    };
  }

  @RedisCached
  Object returns(int number) {
    Calls.ran();
    if (number == 1) {
      return "one";
    }
    if (number == 2) {
      return List.of(2);
    }
    return number == 3 ? Optional.of(3.0) : null;
  }

  @RedisCached
  String unassigned(boolean assign) {
    Calls.ran();
    String text;
    long number;
    if (assign) {
      number = 7;
      text = "assigned " + number;
    } else {
      text = "not";
    }
    return text;
  }

  @RedisCached
  long lambda(long factor) {
    Calls.ran();
    LongSupplier product = () -> factor * 10;
    return product.getAsLong();
  }

  @RedisCached
  String monitor(String text) {
    Calls.ran();
    synchronized (this) {
      synchronized (Shapes.class) {
        if (text.isEmpty()) {
          return "empty";
        }
      }
      return text + Thread.holdsLock(this) + Thread.holdsLock(Shapes.class);
    }
  }

  @RedisCached
  String patterns(Object value) {
    Calls.ran();
    if (value instanceof String text && !text.isEmpty()) {
      return "text " + text;
    }
    return value instanceof Integer number ? "number " + number : "other";
  }

  @RedisCached
  Number ternaries(int a, long b) {
    Calls.ran();
    return a > 3 ? b > 3 ? (Number) a : (Number) b : Double.valueOf(a);
  }

  private static void exceptions(Shapes shapes) {
    Calls.twice("throws", () -> shapes.fails(1));
    Calls.twice("cachedException", () -> shapes.failsCached("state"));
    Calls.twice("cachedSubclass", () -> shapes.failsCached("substate"));
    Calls.twice("otherException", () -> shapes.failsCached("argument"));
    RuntimeException own = new UnsupportedOperationException("own");
    boolean same = true;
    for (int i = 0; i < 2; i++) {
      try {
        shapes.throwsThis(own);
      } catch (RuntimeException e) {
        same &= e == own && e.getSuppressed().length == 0;
      }
    }
    System.out.println("same exception=" + same);
  }

  @RedisCached
  String fails(int id) throws IOException {
    Calls.ran();
    throw new IOException("failed " + id);
  }

  @RedisCached(cachedExceptions = {IllegalStateException.class, IOException.class})
  long failsCached(String how) {
    Calls.ran();
    if (how.equals("state")) {
      throw new IllegalStateException(how);
    }
    throw how.equals("substate") ? new Substate(how) : new IllegalArgumentException(how);
  }

  private static final class Substate extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Substate(String message) {
      super(message);
    }
  }

  @RedisCached(key = "'constant'")
  String throwsThis(RuntimeException exception) {
    throw exception;
  }

  private static void types() {
    Calls.twice("interface default", () -> new Plain().inDefault(1));
    Calls.twice("interface static", () -> Greeter.inStatic(1));
    Calls.twice("interface private", () -> new Plain().throughPrivate(1));
    Calls.twice("record", () -> new Point(1, 2).distance(3));
    Calls.twice("other record", () -> new Point(9, 2).distance(3));
    Calls.twice("enum", () -> Operation.PLUS.apply(2, 3));
    Calls.twice("other enum", () -> Operation.TIMES.apply(2, 3));
    Calls.twice("inner", () -> new Plain().new Inner().method(1));
    Calls.twice("nested type", () -> new Plain.Nested<Integer>().method(1));
    class Local {
      @RedisCached
      String method(int id) {
        Calls.ran();
        return "local " + id;
      }
    }
    Calls.twice("local", () -> new Local().method(1));
    var anonymous =
        new Object() {
          @RedisCached
          String method(int id) {
            Calls.ran();
            return "anonymous " + id;
          }
        };
    Calls.twice("anonymous", () -> anonymous.method(1));
    Calls.twice("bridge", () -> new TextBox().put("x"));
    Calls.twice("through bridge", () -> through(new TextBox(), "y"));
    Calls.twice("covariant", () -> new TextBox().copy(1));
    Calls.twice("through covariant", () -> copied(new TextBox(), 2));
  }

  private static <T> T through(Box<T> box, T value) {
    return box.put(value);
  }

  private static Object copied(Box<?> box, int id) {
    return box.copy(id);
  }

  interface Greeter {

    @RedisCached
    default String inDefault(int id) {
      Calls.ran();
      return "default " + id;
    }

    @RedisCached
    static String inStatic(int id) {
      Calls.ran();
      return "static " + id;
    }

    default String throughPrivate(int id) {
      return inPrivate(id);
    }

    @RedisCached
    private String inPrivate(int id) {
      Calls.ran();
      return "private " + id;
    }
  }

  static class Plain implements Greeter {

    class Inner {
      @RedisCached
      String method(int id) {
        Calls.ran();
        return "inner " + id + (Plain.this != null);
      }
    }

    static class Nested<T> {
      @RedisCached
      T method(T value) {
        Calls.ran();
        return value;
      }
    }
  }

  record Point(int x, int y) {
    @RedisCached
    int distance(int to) {
      Calls.ran();
      return Math.abs(x - to) + y;
    }
  }

  enum Operation {
    PLUS {
      @Override
      int apply(int a, int b) {
        Calls.ran();
        return a + b;
      }
    },
    TIMES {
      @Override
      @RedisCached(cache = "times")
      int apply(int a, int b) {
        Calls.ran();
        return a * b;
      }
    };

    @RedisCached
    abstract int apply(int a, int b);
  }

  abstract static class Box<T> {
    @RedisCached
    abstract T put(T value);

    abstract Object copy(int id);
  }

  static final class TextBox extends Box<String> {
    @Override
    @RedisCached
    String put(String value) {
      Calls.ran();
      return value + value;
    }

    @Override
    @SuppressWarnings("NonApiType")
    @RedisCached
    ArrayList<String> copy(int id) {
      Calls.ran();
      return new ArrayList<>(List.of("copy " + id));
    }
  }

  @RedisCached
  long fibonacci(int n) {
    Calls.ran();
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  }

  @RedisCached
  String outer(int id) {
    Calls.ran();
    return "outer " + inner(id) + inner(id);
  }

  @RedisCached
  String inner(int id) {
    Calls.ran();
    return "inner " + id;
  }
}
