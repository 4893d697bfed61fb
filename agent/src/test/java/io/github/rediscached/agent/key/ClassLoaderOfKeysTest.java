package io.github.rediscached.agent.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.testing.CompiledClasses;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassLoaderOfKeysTest {

  private static final long DEADLINE_NANOS = 30_000_000_000L;

  @Test
  void classesThatWereKeyedCanBeUnloaded() throws Exception {
    // The plan of another method lives on.
    KeyPlan survivor = ReadableKeyTest.plan(Object.class);
    WeakReference<ClassLoader> loader = makeKeys(survivor);

    long start = System.nanoTime();
    while (loader.get() != null && System.nanoTime() - start < DEADLINE_NANOS) {
      System.gc();
    }

    assertEquals(null, loader.get(), "the class loader is still reachable");
    assertEquals(15, survivor.keyOf(1).length);
  }

  private static WeakReference<ClassLoader> makeKeys(KeyPlan plan) throws Exception {
    CompiledClasses classes =
        CompiledClasses.of(
            "app.Pojo",
            "package app; public class Pojo { int x; String y; Color z = Color.RED; }",
            "app.Color",
            "package app; enum Color { RED { int r() { return 1; } }; int r() { return 0; } }",
            "app.Point",
            "package app; public record Point() { }",
            "app.Page",
            "package app; public class Page extends java.util.ArrayList<String> { int n; }",
            "app.Refused",
            "package app; public class Refused implements AutoCloseable { public void close() {} }");
    List<Object> all = new ArrayList<>();
    for (String name : List.of("app.Pojo", "app.Point", "app.Page")) {
      all.add(classes.create(name));
      all.add(Map.of(name, classes.create(name)));
      all.add(java.lang.reflect.Array.newInstance(classes.loadClass(name), 1));
    }
    assertTrue(plan.key(null, new Object[] {all}).length > 0);
    try {
      plan.key(null, new Object[] {classes.create("app.Refused")});
      throw new AssertionError("keyed");
    } catch (UnkeyableException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith("argument 0 is an app.Refused"));
    }
    return new WeakReference<>(classes);
  }
}
