package com.acme.proxies;

import io.github.rediscached.KeyIgnore;
import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import io.github.rediscached.RedisPut;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Interfaces whose implementations are made by {@link Proxy}, as declarative clients are. */
public final class JdkProxies {

  static int runs;

  private static final InvocationHandler ANSWER = JdkProxies::answer;

  private JdkProxies() {}

  public record User(String name) {}

  public record Order(int cents) {}

  /** As repositories of Spring Data are. */
  public interface Crud<T, I> {
    Optional<T> findById(I id);

    @RedisCached(cache = "keyed", key = "#p0")
    T keyed(I id);
  }

  public interface Users extends Crud<User, Long> {
    @RedisCached
    User byMail(String mail);

    @RedisEvict(cache = "names", key = "#id")
    void rename(long id, String to);

    @RedisPut(cache = "names", key = "#id")
    String put(long id, String to);

    @RedisCached
    int count(String mail, @KeyIgnore String trace);

    @RedisCached
    CompletableFuture<User> later(String mail);

    @RedisCached
    String failing(String mail) throws IOException;

    @RedisCached
    default String greeting(String mail) {
      runs++;
      return "hello " + mail;
    }
  }

  public interface Orders extends Crud<Order, Long> {}

  /** With a bridge. */
  public interface Typed extends Crud<User, Long> {
    @Override
    @RedisCached
    Optional<User> findById(Long id);
  }

  /** Asked for by rules. */
  public interface Ruled {
    String price(String sku);

    void change(String sku);
  }

  /** Not public: its proxies are in its own package. */
  interface Hidden {
    @RedisCached
    String find(String id);
  }

  /** An interface of an annotation is implemented by a proxy as well. */
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Mark {
    String value();
  }

  /** Behind a proxy, with code of its own. */
  public interface Shop {
    @RedisCached
    String find(String id);

    @RedisEvict(cache = "shop", key = "#p0")
    void change(String id);
  }

  /** Does the work. */
  public static final class RealShop implements Shop {
    @Override
    public String find(String id) {
      runs++;
      return "found " + id;
    }

    @Override
    public void change(String id) {}
  }

  /** One implementation for all repositories. */
  public static final class AnyCrud<T> implements Crud<T, Long> {

    private final T row;

    AnyCrud(T row) {
      this.row = row;
    }

    @Override
    public Optional<T> findById(Long id) {
      runs++;
      return Optional.of(row);
    }

    @Override
    public T keyed(Long id) {
      runs++;
      return row;
    }
  }

  /** The rows of names. */
  static final Map<Long, String> NAMES = new HashMap<>();

  @RedisCached(cache = "names", key = "#p0")
  static String name(long id) {
    runs++;
    return NAMES.get(id);
  }

  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      fresh();
      return;
    }
    Users users = proxy(Users.class, ANSWER);
    say("reference", () -> users.byMail("ann"));
    say("primitive, with an ignored parameter", () -> users.count("ann", "t" + runs));
    say("future", () -> users.later("ann").join());
    say("default method that the handler answers", () -> users.greeting("ann"));
    Users plain = proxy(Users.class, JdkProxies::invokeDefault);
    say("default method that the handler invokes", () -> plain.greeting("bob"));
    say("by a rule", () -> proxied(Ruled.class).price("a"));
    say("by a rule without a plus", () -> proxied(Hidden.class).find("a"));
    say("annotation", () -> Marked.class.getAnnotation(Mark.class).value());
    writes(users);
    exceptions(users);
    generic();
    behind();
    twoHandlers();
    names();
  }

  /** What another JVM has stored is a hit. */
  private static void fresh() {
    await(() -> String.valueOf(name(99)));
    Users users = proxy(Users.class, ANSWER);
    runs = 0;
    System.out.println(
        "fresh=" + users.byMail("ann") + ", " + users.findById(1L) + ", runs " + runs);
  }

  @Mark("marked")
  private static final class Marked {}

  private static void writes(Users users) {
    NAMES.put(1L, "ann");
    say("before", () -> name(1));
    users.rename(1, "bea");
    System.out.println("evicted=" + name(1));
    say("again", () -> name(1));
    users.put(1, "cas");
    runs = 0;
    System.out.println("put=" + name(1) + " runs " + runs);
    say("to be evicted by a rule", () -> proxied(Ruled.class).price("b"));
    runs = 0;
    proxied(Ruled.class).change("b");
    proxied(Ruled.class).price("b");
    System.out.println("evicted by a rule=runs " + runs);
  }

  private static void exceptions(Users users) {
    for (String mail : List.of("checked", "undeclared", "unchecked")) {
      try {
        users.failing(mail);
      } catch (UndeclaredThrowableException e) {
        System.out.println(mail + "=undeclared " + e.getCause().getMessage());
      } catch (Exception e) {
        System.out.println(mail + "=" + e);
      }
    }
  }

  private static void generic() {
    Crud<User, Long> users = proxied(Users.class);
    Crud<Order, Long> orders = proxied(Orders.class);
    say("users", () -> users.findById(1L));
    say("orders", () -> orders.findById(1L));
    say("users by key", () -> users.keyed(1L));
    say("orders by key", () -> orders.keyed(1L));
    Typed typed = proxied(Typed.class);
    Crud<User, Long> erased = typed;
    say("bridge", () -> erased.findById(7L));
    runs = 0;
    System.out.println("behind the bridge=" + typed.findById(7L) + " runs " + runs);
  }

  private static void behind() {
    Shop real = new RealShop();
    Shop around = proxy(Shop.class, forwardingTo(real));
    Shop outer = proxy(Shop.class, forwardingTo(around));
    say("implementation behind a proxy", () -> around.find("a"));
    runs = 0;
    System.out.println(
        "the same, direct and twice around=" + real.find("a") + ", " + outer.find("a"));
    System.out.println("runs of it=" + runs);
    Hidden far = proxied(Hidden.class);
    Hidden near = proxy(Hidden.class, forwardingTo(far));
    say("proxy behind a proxy", () -> near.find("b"));
    Users any = proxy(Users.class, forwardingTo(new AnyCrud<>(new User("any"))));
    Orders orders = proxy(Orders.class, forwardingTo(new AnyCrud<>(new Order(7))));
    for (int i = 0; i < 20; i++) {
      Object user = any.findById(3L).orElseThrow();
      Object order = orders.findById(3L).orElseThrow();
      if (!user.equals(new User("any")) || !order.equals(new Order(7))) {
        System.out.println("one implementation=wrong " + user + " " + order);
      }
    }
    say("one implementation for users", () -> any.findById(3L));
    say("one implementation for orders", () -> orders.findById(3L));
  }

  private static void twoHandlers() {
    Ruled one = proxy(Ruled.class, (proxy, method, arguments) -> ran("one"));
    Ruled other = proxy(Ruled.class, (proxy, method, arguments) -> ran("other"));
    say("one handler", () -> one.price("c"));
    say("another handler", () -> other.price("c"));
    say("the first again", () -> one.price("c"));
  }

  private static void names() {
    Object proxy = proxied(Users.class);
    System.out.println("object=" + (proxy.hashCode() == 7) + ", " + proxy + ", " + proxy.equals(0));
  }

  /** What it gives at last, when it has become a hit. */
  private static void say(String name, Supplier<?> call) {
    Object first = call.get();
    System.out.println(name + "=" + first + " " + (await(call) ? "cached" : "uncached"));
  }

  private static boolean await(Supplier<?> call) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < deadline) {
      int before = runs;
      Object result = call.get();
      if (runs == before) {
        return true;
      }
      LockSupport.parkNanos(1_000_000);
      Objects.requireNonNull(result);
    }
    return false;
  }

  private static final Map<Class<?>, Object> PROXIES = new HashMap<>();

  /** One for each interface. */
  private static <T> T proxied(Class<T> type) {
    return type.cast(PROXIES.computeIfAbsent(type, each -> proxy((Class<?>) each, ANSWER)));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(JdkProxies.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object ran(Object result) {
    runs++;
    return result;
  }

  private static Object answer(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "hashCode" -> 7;
      case "toString" -> "proxy";
      case "equals" -> false;
      case "count" -> ran(5);
      case "byMail" -> ran(new User("u-" + arguments[0]));
      case "later" -> CompletableFuture.completedFuture(ran(new User("l-" + arguments[0])));
      case "rename", "put" -> {
        NAMES.put((Long) arguments[0], (String) arguments[1]);
        yield method.getName().equals("put") ? arguments[1] : null;
      }
      case "findById" -> ran(Optional.of(row(proxy)));
      case "keyed" -> ran(row(proxy));
      case "failing" ->
          throw switch ((String) arguments[0]) {
            case "checked" -> new IOException("io");
            case "undeclared" -> new InstantiationException("made");
            default -> new IllegalStateException("state");
          };
      default -> ran(method.getName() + " " + (arguments == null ? "" : arguments[0]));
    };
  }

  private static Object row(Object proxy) {
    return proxy instanceof Orders ? new Order(5) : new User("crud");
  }

  private static Object invokeDefault(Object proxy, Method method, Object[] arguments)
      throws Throwable {
    return method.isDefault()
        ? InvocationHandler.invokeDefault(proxy, method, arguments)
        : answer(proxy, method, arguments);
  }

  private static InvocationHandler forwardingTo(Object target) {
    return (proxy, method, arguments) -> {
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    };
  }
}
