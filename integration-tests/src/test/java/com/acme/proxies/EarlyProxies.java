package com.acme.proxies;

import com.acme.console.Console;
import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Has made its proxies long before an agent comes. */
public final class EarlyProxies {

  private static final Map<String, String> ROWS = new ConcurrentHashMap<>();

  private static int runs;

  private EarlyProxies() {}

  /** Asked for by annotations. */
  public interface Rows {
    @RedisCached(cache = "rows")
    String read(String id);

    @RedisEvict(cache = "rows", key = "#p0")
    void write(String id, String to);
  }

  /** Asked for by a rule; a lambda is all that implements it. */
  public interface Priced {
    int price(int amount);
  }

  /** A proxy implements it. */
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Mark {
    String value();
  }

  @Mark("marked")
  private static final class Marked {}

  public static void main(String[] arguments) throws IOException {
    InvocationHandler handler =
        (proxy, method, given) -> {
          runs++;
          if (method.getName().equals("write")) {
            ROWS.put((String) given[0], (String) given[1]);
            return null;
          }
          return ROWS.getOrDefault((String) given[0], "none") + " #" + runs;
        };
    Rows rows =
        (Rows)
            Proxy.newProxyInstance(
                EarlyProxies.class.getClassLoader(), new Class<?>[] {Rows.class}, handler);
    Priced priced = amount -> 2 * amount;
    new Console()
        .on("read", rows::read)
        .on(
            "write",
            id -> {
              rows.write(id, "new");
              return "";
            })
        .on("price", amount -> String.valueOf(priced.price(Integer.parseInt(amount))))
        .on("mark", name -> Marked.class.getAnnotation(Mark.class).value())
        .serve();
  }
}
