package io.github.rediscached.agent.key;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Random graphs of arguments, each in two forms: a description, which is equal to another one if
 * and only if the graphs are deep-equal, and objects built after it, in many different ways.
 *
 * <p>As a program it prints the keys of the graphs of a seed.
 */
final class RandomGraph {

  static final int GRAPHS = 3000;

  /** What a graph is; its equality is the one that keys must have. */
  sealed interface Description {}

  record Leaf(@Nullable Object value) implements Description {}

  record Sequence(List<Description> elements) implements Description {}

  record Elements(List<Description> elements) implements Description {}

  record Numbers(List<Integer> elements) implements Description {}

  record Bag(Set<Description> elements) implements Description {}

  record Table(Map<Description, Description> entries) implements Description {}

  record Pair(Description left, Description right) implements Description {}

  record Pojo(Description left, Description right) implements Description {}

  record Maybe(Description value) implements Description {}

  record PairObject(@Nullable Object left, @Nullable Object right) {}

  static class BasePojo {
    private final @Nullable Object part;

    BasePojo(@Nullable Object part) {
      this.part = part;
    }

    @Nullable Object basePart() {
      return part;
    }
  }

  static final class PojoObject extends BasePojo {
    private final @Nullable Object part;

    PojoObject(@Nullable Object left, @Nullable Object right) {
      super(left);
      this.part = right;
    }

    @Nullable Object ownPart() {
      return part;
    }
  }

  private static final List<Leaf> LEAVES =
      List.of(
          new Leaf(null),
          new Leaf("null"),
          new Leaf(""),
          new Leaf("a"),
          new Leaf("b\u0000,\ud800"),
          new Leaf("42"),
          new Leaf(42),
          new Leaf(42L),
          new Leaf((short) 42),
          new Leaf((byte) 42),
          new Leaf('*'),
          new Leaf(42.0),
          new Leaf(42.0f),
          new Leaf(0.0),
          new Leaf(-0.0),
          new Leaf(Double.NaN),
          new Leaf(true),
          new Leaf(new BigDecimal("1.0")),
          new Leaf(new BigDecimal("1.00")),
          new Leaf(new UUID(1, 2)),
          new Leaf(LocalDate.of(2024, 2, 29)),
          new Leaf(TimeUnit.DAYS),
          new Leaf(TimeUnit.HOURS));

  private final Random random;
  private final Map<Description, Object> built = new HashMap<>();

  RandomGraph(long seed) {
    random = new Random(seed);
  }

  Description describe(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(10);
    int size = random.nextInt(4);
    return switch (kind) {
      case 1 -> new Sequence(describeAll(size, depth));
      case 2 -> new Elements(describeAll(size, depth));
      case 3 -> new Numbers(random.ints(size, 0, 3).boxed().toList());
      case 4, 5 -> new Bag(new LinkedHashSet<>(describeAll(size, depth)));
      case 6 -> {
        Map<Description, Description> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
          entries.put(describe(depth - 1), describe(depth - 1));
        }
        yield new Table(entries);
      }
      case 7 -> new Pair(describe(depth - 1), describe(depth - 1));
      case 8 -> new Pojo(describe(depth - 1), describe(depth - 1));
      case 9 -> {
        Description value = describe(depth - 1);
        yield value.equals(new Leaf(null)) ? value : new Maybe(value);
      }
      default -> LEAVES.get(random.nextInt(LEAVES.size()));
    };
  }

  private List<Description> describeAll(int size, int depth) {
    List<Description> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(describe(depth - 1));
    }
    return all;
  }

  /** The objects of a description; equal parts are sometimes one object and sometimes copies. */
  @Nullable Object build(Description description) {
    Object shared = built.get(description);
    if (shared != null && random.nextBoolean()) {
      return shared;
    }
    Object object = buildNew(description);
    if (object != null) {
      built.put(description, object);
    }
    return object;
  }

  private @Nullable Object buildNew(Description description) {
    if (description instanceof Leaf leaf) {
      return leaf.value();
    } else if (description instanceof Sequence sequence) {
      return list(buildAll(sequence.elements()));
    } else if (description instanceof Elements elements) {
      return buildAll(elements.elements()).toArray();
    } else if (description instanceof Numbers numbers) {
      return numbers.elements().stream().mapToInt(Integer::intValue).toArray();
    } else if (description instanceof Bag bag) {
      return set(buildAll(bag.elements()));
    } else if (description instanceof Table table) {
      return map(table.entries());
    } else if (description instanceof Pair pair) {
      return new PairObject(build(pair.left()), build(pair.right()));
    } else if (description instanceof Pojo pojo) {
      return new PojoObject(build(pojo.left()), build(pojo.right()));
    }
    Object value = build(((Maybe) description).value());
    return value == null ? null : Optional.of(value);
  }

  private List<@Nullable Object> buildAll(Iterable<Description> descriptions) {
    List<@Nullable Object> objects = new ArrayList<>();
    for (Description each : descriptions) {
      objects.add(build(each));
    }
    return objects;
  }

  @SuppressWarnings("JdkObsolete") // Applications use it.
  private List<?> list(List<@Nullable Object> elements) {
    return switch (random.nextInt(5)) {
      case 0 -> new LinkedList<>(elements);
      case 1 -> Arrays.asList(elements.toArray());
      case 2 -> Collections.unmodifiableList(elements);
      case 3 -> new CopyOnWriteArrayList<>(elements);
      default -> elements.contains(null) ? elements : List.copyOf(elements);
    };
  }

  private Set<?> set(List<@Nullable Object> elements) {
    Collections.shuffle(elements, random);
    return switch (random.nextInt(4)) {
      case 0 -> new LinkedHashSet<>(elements);
      case 1 -> Collections.unmodifiableSet(new HashSet<>(elements));
      case 2 -> {
        Set<@Nullable Object> large = new HashSet<>(1000);
        large.addAll(elements);
        yield large;
      }
      default -> elements.contains(null) ? new HashSet<>(elements) : Set.copyOf(elements);
    };
  }

  private Map<?, ?> map(Map<Description, Description> entries) {
    List<Map.Entry<Description, Description>> order = new ArrayList<>(entries.entrySet());
    Collections.shuffle(order, random);
    Map<@Nullable Object, @Nullable Object> map =
        random.nextBoolean() ? new LinkedHashMap<>() : new HashMap<>(500);
    boolean nulls = false;
    for (Map.Entry<Description, Description> entry : order) {
      Object key = build(entry.getKey());
      Object value = build(entry.getValue());
      map.put(key, value);
      nulls |= key == null || value == null;
    }
    if (!nulls) {
      return random.nextBoolean() ? Map.copyOf(map) : new ConcurrentHashMap<>(map);
    }
    return map;
  }

  /** The same graph with another leaf somewhere. */
  Description change(Description description) {
    if (description instanceof Sequence sequence && !sequence.elements().isEmpty()) {
      return new Sequence(changeOne(sequence.elements()));
    } else if (description instanceof Elements elements && !elements.elements().isEmpty()) {
      return new Elements(changeOne(elements.elements()));
    } else if (description instanceof Pair pair) {
      return random.nextBoolean()
          ? new Pair(change(pair.left()), pair.right())
          : new Pair(pair.left(), change(pair.right()));
    } else if (description instanceof Pojo pojo) {
      return random.nextBoolean()
          ? new Pojo(change(pojo.left()), pojo.right())
          : new Pojo(pojo.left(), change(pojo.right()));
    } else if (description instanceof Bag bag && !bag.elements().isEmpty()) {
      return new Bag(new LinkedHashSet<>(changeOne(List.copyOf(bag.elements()))));
    }
    return describe(1);
  }

  private List<Description> changeOne(List<Description> elements) {
    List<Description> changed = new ArrayList<>(elements);
    int at = random.nextInt(changed.size());
    changed.set(at, change(changed.get(at)));
    return changed;
  }

  static List<Description> describeSeed(long seed) {
    RandomGraph graph = new RandomGraph(seed);
    List<Description> descriptions = new ArrayList<>();
    for (int i = 0; i < GRAPHS; i++) {
      Description description = graph.describe(1 + i % 5);
      descriptions.add(description);
      descriptions.add(graph.change(description));
    }
    return descriptions;
  }

  /** The key of a call with the graph as its argument, built in a way that depends on the seed. */
  static String key(Description description, long buildSeed) throws UnkeyableException {
    Object argument = new RandomGraph(buildSeed).build(description);
    byte[] key = ReadableKeyTest.plan(Object.class).key(null, new @Nullable Object[] {argument});
    return new String(key, StandardCharsets.US_ASCII);
  }

  public static void main(String[] arguments) throws UnkeyableException {
    long buildSeed = Long.parseLong(arguments[1]);
    StringBuilder lines = new StringBuilder();
    for (Description description : describeSeed(Long.parseLong(arguments[0]))) {
      lines.append(key(description, buildSeed++)).append('\n');
    }
    System.out.print(lines);
  }
}
