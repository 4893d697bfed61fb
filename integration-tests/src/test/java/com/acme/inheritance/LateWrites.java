package com.acme.inheritance;

import com.acme.console.Console;
import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import io.github.rediscached.RedisPut;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The first use of a class is a change, for which an annotation of its supertype evicts. */
public final class LateWrites {

  private static final Map<Integer, String> NAMES = new ConcurrentHashMap<>();

  private LateWrites() {}

  public static void main(String[] arguments) throws IOException {
    new Console()
        .on("read", id -> read(Integer.parseInt(id)))
        .on("byKey", name -> new ByKey().rename(1, name))
        .on("byTag", name -> new ByTag().rename(2, name))
        .on("put", name -> new Putting().rename(3, name))
        .serve();
  }

  @RedisCached(cache = "names", key = "#p0", tags = "name:#{#p0}")
  static String read(int id) {
    return NAMES.getOrDefault(id, "none");
  }

  private static String renamed(int id, String name) {
    NAMES.put(id, name);
    return name;
  }

  interface Evicting {
    @RedisEvict(cache = "names", key = "#p0")
    String rename(int id, String name);
  }

  static final class ByKey implements Evicting {
    @Override
    public String rename(int id, String name) {
      return renamed(id, name);
    }
  }

  abstract static class EvictingTags {
    @RedisEvict(tags = "name:#{#p0}")
    abstract String rename(int id, String name);
  }

  static final class ByTag extends EvictingTags {
    @Override
    String rename(int id, String name) {
      return renamed(id, name);
    }
  }

  interface Puts {
    @RedisPut(cache = "names", key = "#p0")
    String rename(int id, String name);
  }

  static final class Putting implements Puts {
    @Override
    public String rename(int id, String name) {
      return renamed(id, name);
    }
  }
}
