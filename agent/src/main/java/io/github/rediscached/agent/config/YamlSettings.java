package io.github.rediscached.agent.config;

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
 * Reads the settings and rules of a file, for {@link SettingsLoader}. It follows known names only,
 * so a cycle of aliases can't trap it.
 */
final class YamlSettings {

  private static final String CACHES = "caches";
  private static final String EVICTIONS = "evictions";
  private static final String HTTP = "http";

  /** The lists of rules. */
  static final List<String> LISTS = List.of(CACHES, EVICTIONS, HTTP);

  private final String path;
  private final EnvironmentReferences references;
  private final Values values;
  private final Rules rules;
  private final Problems problems;

  YamlSettings(
      String path, Map<String, String> environment, Values values, Rules rules, Problems problems) {
    this.path = path;
    this.references = new EnvironmentReferences(environment);
    this.values = values;
    this.rules = rules;
    this.problems = problems;
  }

  /** Passes the settings to {@link Values} and the rules to {@link Rules}. */
  void read(String text) {
    Node root = new YamlDocument(path, problems).parse(text);
    if (root instanceof MappingNode map) {
      readSettings(map, "", new HashMap<>());
    } else if (root != null && !YamlDocument.isNothing(root)) {
      problems.add(
          place(root),
          "The file is %s, not a map of settings. Write lines such as \"namespace: shop\"."
              .formatted(YamlDocument.kind(root)));
    }
  }

  private void readSettings(MappingNode map, String prefix, Map<String, Integer> linesByName) {
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
            place(entry.getKeyNode()),
            "`config` says which file to read, so it has no meaning in the file. Remove it.");
      } else if (setting != null) {
        String text =
            setting.reader() == ValueReader.TYPES || setting.reader() == ValueReader.SECRETS
                ? joined(value, name, place)
                : text(value, name, place);
        if (text != null) {
          values.give(setting, text, place, name);
        }
      } else if (LISTS.contains(name)) {
        readRules(name, entry);
      } else if (!KnownSettings.CATALOG.sections().contains(name)) {
        problems.add(place, KnownSettings.CATALOG.remark(name, Spelling.PLAIN, LISTS));
      } else if (value instanceof MappingNode section) {
        readSettings(section, name.concat("."), linesByName);
      } else if (!YamlDocument.isNothing(value)) {
        problems.add(
            place(entry.getKeyNode()),
            "`%s` is %s, not a map. Write its settings below it, each indented."
                .formatted(name, YamlDocument.kind(value)));
      }
    }
  }

  private void readRules(String listName, NodeTuple entry) {
    Node value = entry.getValueNode();
    if (YamlDocument.isNothing(value)) {
      return;
    }
    if (!(value instanceof SequenceNode list)) {
      problems.add(
          place(entry.getKeyNode()),
          "`%s` is %s, not a list. Begin each rule with \"- %s:\"."
              .formatted(listName, YamlDocument.kind(value), required(listName).name()));
      return;
    }
    for (Node element : list.getValue()) {
      if (element instanceof MappingNode map) {
        readRule(listName, map);
      } else {
        problems.add(
            place(element),
            "A rule is %s, not a map. Write it such as \"- %s: %s\"."
                .formatted(
                    YamlDocument.kind(element), required(listName).name(), example(listName)));
      }
    }
  }

  /** The option that each rule of a list has: what the rule is for. */
  private static Setting<?> required(String listName) {
    return listName.equals(HTTP) ? KnownHttpOptions.PATH : KnownOptions.METHOD;
  }

  /** A value of {@link #required}. */
  private static String example(String listName) {
    return listName.equals(HTTP) ? "/api/products/{id}" : "com.acme.Products.find(..)";
  }

  private void readRule(String listName, MappingNode map) {
    Catalog known =
        switch (listName) {
          case CACHES -> KnownOptions.CACHES;
          case EVICTIONS -> KnownOptions.EVICTIONS;
          default -> KnownHttpOptions.HTTP;
        };
    Values options = new Values(problems);
    Map<String, Integer> linesByName = new HashMap<>();
    boolean complete = true;
    for (NodeTuple entry : map.getValue()) {
      String name = key(entry);
      complete &=
          name != null
              && !isGivenTwice(name, place(entry.getKeyNode()), linesByName)
              && readOption(name, known, entry, options);
    }
    Place place = place(map);
    String required = required(listName).name();
    if (!linesByName.containsKey(required)) {
      problems.add(
          place,
          "The rule has no `%1$s`. Write which %1$ss it is for, such as %2$s."
              .formatted(required, example(listName)));
    }
    switch (listName) {
      case CACHES -> rules.addCache(options, place);
      case EVICTIONS -> rules.addEviction(options, complete, place);
      default -> rules.addHttp(options, place);
    }
  }

  /** Reads an option of a rule; returns false after a mistake. */
  private boolean readOption(String name, Catalog known, NodeTuple entry, Values options) {
    Place place = place(entry.getKeyNode());
    Node value = entry.getValueNode();
    Setting<?> option = known.find(name);
    if (option == null) {
      problems.add(place, known.remark(name, Spelling.PLAIN, List.of()));
      return false;
    } else if (!option.isList()) {
      String text = text(value, name, place);
      return text != null && options.give(option, text, place, name);
    } else if (value instanceof MappingNode || YamlDocument.isNothing(value)) {
      problems.add(
          place(entry.getKeyNode()),
          "`%s` is %s, not a list. Write one such as [first, second]."
              .formatted(name, YamlDocument.kind(value)));
      return false;
    }
    List<Node> elements = value instanceof SequenceNode list ? list.getValue() : List.of(value);
    List<Object> read = new ArrayList<>();
    for (Node node : elements) {
      String text = text(node, name, place(node));
      Object element = text == null ? null : options.read(option, text, place(node), name);
      if (element != null) {
        read.add(element);
      }
    }
    options.giveList(option, read);
    return read.size() == elements.size();
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
        "A name is %s, not a text. Write a name.".formatted(YamlDocument.kind(entry.getKeyNode())));
    return null;
  }

  /** The elements of a list as one text, the form that places without lists use. */
  private @Nullable String joined(Node value, String name, Place place) {
    if (!(value instanceof SequenceNode list)) {
      return text(value, name, place);
    }
    StringBuilder joined = new StringBuilder();
    for (Node element : list.getValue()) {
      String text = text(element, name, place(element));
      if (text == null) {
        return null;
      }
      joined.append(joined.isEmpty() ? "" : ",").append(text);
    }
    return joined.toString();
  }

  /** The text of a single value, with its references replaced; null after a mistake. */
  private @Nullable String text(Node value, String name, Place place) {
    if (YamlDocument.isNothing(value)) {
      problems.add(
          place,
          "`%s` has no value. Write one, in quotes if it begins with \"#\", or remove the line."
              .formatted(name));
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
