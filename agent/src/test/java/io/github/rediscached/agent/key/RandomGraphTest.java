package io.github.rediscached.agent.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.key.RandomGraph.Description;
import java.io.File;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RandomGraphTest {

  private static final long SEED = 20_240_229;

  @Test
  void keysAreEqualIfAndOnlyIfTheArgumentsAreDeepEqual() throws UnkeyableException {
    List<Description> descriptions = RandomGraph.describeSeed(SEED);
    Map<String, Description> byKey = new HashMap<>();
    for (int i = 0; i < descriptions.size(); i++) {
      Description description = descriptions.get(i);
      String key = RandomGraph.key(description, i);
      assertEquals(key, RandomGraph.key(description, -i), description::toString);
      Description same = byKey.putIfAbsent(key, description);
      if (same != null) {
        assertEquals(description, same);
      }
    }
    assertEquals(new HashSet<>(descriptions).size(), byKey.size());
    assertTrue(byKey.size() > RandomGraph.GRAPHS, "too few different graphs: " + byKey.size());
  }

  @Test
  void keysAreTheSameInAnotherJvm() throws Exception {
    Process child =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                RandomGraph.class.getName(),
                Long.toString(SEED),
                "1000000")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> childKeys =
        new String(child.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertTrue(child.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, child.exitValue());

    List<Description> descriptions = RandomGraph.describeSeed(SEED);
    assertEquals(descriptions.size(), childKeys.size());
    for (int i = 0; i < descriptions.size(); i++) {
      Description description = descriptions.get(i);
      assertEquals(RandomGraph.key(description, i), childKeys.get(i), description::toString);
    }
  }
}
