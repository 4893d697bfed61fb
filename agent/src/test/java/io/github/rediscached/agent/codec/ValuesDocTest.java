package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.key.KeyTypes;
import io.github.rediscached.agent.type.Refusal;
import io.github.rediscached.agent.type.Scalars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page docs/values.md says of each type of the JDK what the code does with it. */
class ValuesDocTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `([\\w.$\\[\\]]+)` \\| (yes|no) \\| (yes|no) \\| .*\\|");

  /** More than there are. */
  private static final int TABLE_END = 1_000;

  /** What the page says of a type. */
  private record Row(boolean isValue, boolean isArgument) {}

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "values.md"));
  }

  private static Map<String, Row> rows() throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    for (String line : page().lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertNull(
            rows.put(row.group(1), new Row(row.group(2).equals("yes"), row.group(3).equals("yes"))),
            line);
      }
    }
    return rows;
  }

  private static Set<String> tables() {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < TABLE_END; i++) {
      KnownClass known = BuiltIns.at(i);
      if (known != null) {
        names.add(known.type.getTypeName());
      }
    }
    for (Scalars.Scalar scalar : Scalars.all()) {
      names.add(scalar.type().getTypeName());
    }
    return names;
  }

  private static Class<?> typeOf(String name) throws ClassNotFoundException {
    if (name.endsWith("[]")) {
      String element = name.substring(0, name.length() - 2);
      Class<?> primitive = BuiltIns.primitiveNamed(element);
      return (primitive == null ? typeOf(element) : primitive).arrayType();
    }
    return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
  }

  private static boolean isValue(Class<?> type) {
    try {
      return Codecs.of(ValuesDocTest.class.getClassLoader()).known(type) != null;
    } catch (Refusal e) {
      return false;
    }
  }

  @Test
  void everyTypeOfTheTablesHasItsRow() throws Exception {
    Set<String> missing = tables();
    missing.removeAll(rows().keySet());
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyRowSaysWhatTheCodeDoes() throws Exception {
    Set<String> tables = tables();
    for (Map.Entry<String, Row> entry : rows().entrySet()) {
      Class<?> type = typeOf(entry.getKey());
      Row row = entry.getValue();
      assertEquals(row.isValue(), tables.contains(entry.getKey()), entry.getKey());
      assertEquals(row.isValue(), isValue(type), entry.getKey());
      assertEquals(row.isArgument(), KeyTypes.isArgument(type), entry.getKey());
    }
  }

  @Test
  void everyTypeOfWhichOnlyKeysHaveADescriptionHasItsRow() throws Exception {
    Map<String, Row> rows = rows();
    for (Class<?> type : Scalars.keysOnly()) {
      assertTrue(rows.containsKey(type.getTypeName()), type.getTypeName());
    }
  }
}
