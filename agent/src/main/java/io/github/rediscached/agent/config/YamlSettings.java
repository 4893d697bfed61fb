package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the settings and rules of a file. It walks only where settings are known, so a cycle of
 * aliases can't trap it.
 */
final class YamlSettings {

  /** The list of rules. */
  static final String CACHES = "caches";

  private final String path;
  private final EnvironmentReferences references;
  private final Values values;
  private final Problems problems;

  YamlSettings(String path, Map<String, String> environment, Values values, Problems problems) {
    this.path = path;
    this.references = new EnvironmentReferences(environment);
    this.values = values;
    this.problems = problems;
  }

  /** Gives the settings to {@link Values} and returns the rules. */
  List<Rule> read(String text) {
    List<Rule> rules = new ArrayList<>();
    Node root = new YamlDocument(path, problems).parse(text);
    if (root instanceof MappingNode map) {
      readSettings(map, "", new HashMap<>(), rules);
    } else if (root != null && !YamlDocument.isNothing(root)) {
      problems.add(
          place(root),
          "The file is "
              + YamlDocument.kind(root)
              + ", not a map of settings. Write lines such as \"namespace: shop\".");
    }
    return List.copyOf(rules);
  }

  private void readSettings(
      MappingNode map, String prefix, Map<String, Integer> linesByName, List<Rule> rules) {
    for (NodeTuple entry : map.getValue()) {
      String key = key(entry);
      if (key == null) {
        continue;
      }
      String name = prefix.concat(key);
      Node value = entry.getValueNode();
      Place place = place(entry.getKeyNode());
      Setting<?> setting = KnownSettings.CATALOG.find(name);
      if (isGivenTwice(name, place, linesByName)) {
        continue;
      }
      if (setting == KnownSettings.CONFIG) {
        problems.add(
            place,
            "`config` says which file to read, so it has no meaning in the file. Remove it.");
      } else if (setting != null) {
        String text = text(value, name, place);
        if (text != null) {
          values.give(setting, text, place, name);
        }
      } else if (name.equals(CACHES)) {
        readRules(value, place, rules);
      } else if (!KnownSettings.CATALOG.sections().contains(name)) {
        problems.add(place, KnownSettings.CATALOG.remark(name, Spelling.PLAIN, List.of(CACHES)));
      } else if (value instanceof MappingNode section) {
        readSettings(section, name.concat("."), linesByName, rules);
      } else if (!YamlDocument.isNothing(value)) {
        problems.add(
            place,
            "`"
                + name
                + "` is "
                + YamlDocument.kind(value)
                + ", not a map. Write its settings below it, each indented.");
      }
    }
  }

  private void readRules(Node value, Place place, List<Rule> rules) {
    if (YamlDocument.isNothing(value)) {
      return;
    }
    if (!(value instanceof SequenceNode list)) {
      problems.add(
          place,
          "`caches` is "
              + YamlDocument.kind(value)
              + ", not a list. Begin each rule with \"- method:\".");
      return;
    }
    Map<MethodPattern, Integer> linesByPattern = new HashMap<>();
    for (Node element : list.getValue()) {
      if (element instanceof MappingNode map) {
        readRule(map, linesByPattern, rules);
      } else {
        problems.add(
            place(element),
            "A rule is "
                + YamlDocument.kind(element)
                + ", not a map. Write it such as \"- method: com.acme.Products.find(..)\".");
      }
    }
  }

  private void readRule(
      MappingNode map, Map<MethodPattern, Integer> linesByPattern, List<Rule> rules) {
    Values options = new Values(problems);
    Map<String, Integer> linesByName = new HashMap<>();
    for (NodeTuple entry : map.getValue()) {
      String name = key(entry);
      if (name != null && !isGivenTwice(name, place(entry.getKeyNode()), linesByName)) {
        readOption(name, entry, options);
      }
    }
    Place place = place(map);
    if (!linesByName.containsKey(KnownOptions.METHOD.name())) {
      problems.add(
          place,
          "The rule has no `method`. Write which methods it is for, such as"
              + " com.acme.Products.find(..).");
    }
    MethodPattern pattern = options.find(KnownOptions.METHOD);
    if (pattern == null) {
      return;
    }
    Integer earlierLine = linesByPattern.putIfAbsent(pattern, place.line());
    if (earlierLine != null) {
      problems.add(
          place,
          "`method` is \""
              + pattern
              + "\", which has a rule in line "
              + earlierLine
              + " already. Remove one of the two.");
    }
    rules.add(new Rule(pattern, options(options), place.line()));
  }

  private static CacheOptions options(Values options) {
    return new CacheOptions(
        options.find(KnownOptions.CACHE),
        options.find(KnownOptions.TTL),
        options.find(KnownOptions.KEY),
        options.find(KnownOptions.CONDITION),
        options.find(KnownOptions.UNLESS),
        options.get(KnownOptions.CACHE_NULL),
        options.get(KnownOptions.CACHED_EXCEPTIONS));
  }

  private void readOption(String name, NodeTuple entry, Values options) {
    Place place = place(entry.getKeyNode());
    Node value = entry.getValueNode();
    Setting<?> option = KnownOptions.CATALOG.find(name);
    if (option == null) {
      problems.add(place, KnownOptions.CATALOG.remark(name, Spelling.PLAIN, List.of()));
    } else if (!option.isList()) {
      String text = text(value, name, place);
      if (text != null) {
        options.give(option, text, place, name);
      }
    } else if (value instanceof SequenceNode list) {
      List<Object> elements = new ArrayList<>();
      for (Node node : list.getValue()) {
        String text = text(node, name, place(node));
        Object element = text == null ? null : options.read(option, text, place(node), name);
        if (element != null) {
          elements.add(element);
        }
      }
      options.giveList(option, elements);
    } else {
      problems.add(
          place,
          "`"
              + name
              + "` is "
              + YamlDocument.kind(value)
              + ", not a list. Write one such as [first, second].");
    }
  }

  private boolean isGivenTwice(String name, Place place, Map<String, Integer> linesByName) {
    Integer earlierLine = linesByName.putIfAbsent(name, place.line());
    if (earlierLine == null) {
      return false;
    }
    problems.add(
        place,
        "`" + name + "` is given twice, first in line " + earlierLine + ". Remove one of them.");
    return true;
  }

  private @Nullable String key(NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode key) {
      return key.getValue();
    }
    problems.add(
        place(entry.getKeyNode()),
        "A name is " + YamlDocument.kind(entry.getKeyNode()) + ", not a text. Write a name.");
    return null;
  }

  /** The text of a single value, its references replaced; null after a mistake. */
  private @Nullable String text(Node value, String name, Place place) {
    if (YamlDocument.isNothing(value)) {
      problems.add(
          place,
          "`"
              + name
              + "` has no value. Write one, in quotes if it begins with \"#\", or remove the line.");
      return null;
    }
    if (!(value instanceof ScalarNode scalar)) {
      problems.add(
          place,
          "`" + name + "` is " + YamlDocument.kind(value) + ", not a single value. Write one.");
      return null;
    }
    try {
      return references.replaceIn(scalar.getValue());
    } catch (IllegalArgumentException e) {
      problems.add(place, "`" + name + "` " + e.getMessage());
      return null;
    }
  }

  private Place place(Node node) {
    return new Place(path, YamlDocument.line(node.getStartMark()));
  }
}
