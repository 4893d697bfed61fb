package com.acme.inheritance;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/** Methods whose one body runs for objects of several classes. */
public final class OneBody {

  private static int runs;

  private OneBody() {}

  record User(String name) {}

  record Order(int cents) {}

  abstract static class Dao<T> {

    T row;

    Dao(T row) {
      this.row = row;
    }

    @RedisCached(cache = "found")
    Object find(long id) {
      runs++;
      return row.toString();
    }

    @RedisCached(cache = "keyed", key = "#p0")
    final Object keyed(long id) {
      runs++;
      return row.toString();
    }

    @RedisCached(cache = "later")
    CompletableFuture<String> later(long id) {
      runs++;
      return CompletableFuture.completedFuture(row.toString());
    }
  }

  static class UserDao extends Dao<User> {
    UserDao() {
      super(new User("ann"));
    }
  }

  static class OrderDao extends Dao<Order> {
    OrderDao() {
      super(new Order(250));
    }
  }

  interface Repository {

    String name();

    @RedisCached(cache = "defaults")
    default String describe(long id) {
      runs++;
      return name() + " " + id;
    }
  }

  interface Users extends Repository {}

  interface Orders extends Repository {}

  @RedisEvict(cache = "keyed", key = "#id")
  static void changed(long id) {}

  public static void main(String[] args) {
    UserDao users = new UserDao();
    OrderDao orders = new OrderDao();
    say("found", users::find, orders::find);
    say("keyed", users::keyed, orders::keyed);
    say("later", id -> users.later(id).join(), id -> orders.later(id).join());
    say("proxies", proxy(Users.class)::describe, proxy(Orders.class)::describe);
    Repository one = () -> "one";
    Repository other = () -> "other";
    say("lambdas", one::describe, other::describe);
    users.row = new User("bob");
    orders.row = new Order(300);
    changed(1);
    say("changed", users::keyed, orders::keyed);
  }

  private static <T extends Repository> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : type.getSimpleName()));
  }

  /** What both give, how often they run, and how often that is wrong. */
  private static void say(String name, LongFunction<?> one, LongFunction<?> other) {
    runs = 0;
    Object first = one.apply(1);
    Object second = other.apply(1);
    int wrong = 0;
    long deadline = System.nanoTime() + 60_000_000_000L;
    int before = -1;
    for (int calls = 0; calls < 1000; calls++) {
      before = runs;
      wrong += one.apply(1).equals(first) && other.apply(1).equals(second) ? 0 : 1;
      if (runs != before && System.nanoTime() < deadline) {
        // Not stored yet.
        calls = 0;
        LockSupport.parkNanos(1_000_000);
      }
    }
    System.out.println(
        name + "=" + first + ", " + second + ", cached " + (runs == before) + ", wrong " + wrong);
  }
}
