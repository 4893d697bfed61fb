package io.github.rediscached.agent.config;

import io.github.rediscached.agent.config.BoundedComposer.TooDeepException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Parses the file into a graph of nodes that know their lines. All scalars are texts. */
final class YamlDocument {

  /** The words before a name from the file in the library's messages. */
  private static final List<String> NAMED =
      List.of("undefined alias", "undefined tag handle", "duplicate tag handle");

  private final String path;
  private final Problems problems;

  YamlDocument(String path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** The root; null if there is none, or if the text is not YAML, which becomes a problem. */
  @Nullable Node parse(String text) {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new FailsafeSchema()).setAllowNonScalarKeys(true).build();
    try {
      Iterator<Node> documents = new BoundedComposer(settings, text);
      Node root = documents.hasNext() ? documents.next() : null;
      if (documents.hasNext()) {
        add(
            line(documents.next().getStartMark()),
            "A second document begins here. Remove the line \"---\" before it.");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      int line = line(e.getProblemMark());
      add(line, message(e, lineOf(text, line)));
    } catch (ReaderException e) {
      String before = text.substring(0, Math.min(e.getPosition(), text.length()));
      add(
          before.split("\n", -1).length,
          "The file has a character that YAML does not allow. Remove it.");
    } catch (TooDeepException e) {
      add(e.line(), "The file's maps and lists are nested too deeply. Settings have two levels.");
    } catch (YamlVersionException e) {
      add(1, "The file asks for another version of YAML. Remove the line \"%YAML\".");
    } catch (YamlEngineException e) {
      add(0, "The file has too many aliases. Write the values in their places.");
    } catch (RuntimeException | StackOverflowError e) {
      // Other exceptions of the library are unexpected, and their messages may quote a value.
      add(0, "The file is not valid YAML. Check its indentation, brackets and quotes.");
    }
    return null;
  }

  private void add(int line, String message) {
    problems.add(new Place(path, line), message);
  }

  private static String message(MarkedYamlEngineException e, String line) {
    String problem = withoutName(String.valueOf(e.getProblem()));
    int advice = problem.indexOf(". (Do not use ");
    if (advice >= 0) {
      problem = problem.substring(0, advice);
    }
    String remedy = "Check indentation, brackets and quotes here and in the line before.";
    if (line.indexOf('\t') >= 0) {
      remedy = "Write spaces in place of the tab.";
    } else if (isOfAlias(problem) || isOfAlias(String.valueOf(e.getContext()))) {
      remedy = "Put a value that begins with \"*\" or \"&\" in quotes.";
    } else if (advice >= 0) {
      remedy = "Put a value that begins with this character in quotes.";
    }
    return "The file is not valid YAML: " + problem + ". " + remedy;
  }

  /** The library takes a password that begins with "*" or "!" for a name, and shows it. */
  private static String withoutName(String problem) {
    for (String kind : NAMED) {
      int end = problem.indexOf(kind) + kind.length();
      if (end >= kind.length()) {
        return problem.substring(0, end);
      }
    }
    return problem;
  }

  private static boolean isOfAlias(String message) {
    return message.contains("alias") || message.contains("anchor");
  }

  private static String lineOf(String text, int line) {
    String[] lines = text.split("\n", -1);
    // There may be fewer, as YAML has other line breaks as well.
    return lines[Math.min(Math.max(line, 1), lines.length) - 1];
  }

  /** The line, from 1; 0 if it is not known. */
  static int line(Optional<Mark> mark) {
    return mark.isPresent() ? mark.get().getLine() + 1 : 0;
  }

  /** Whether the value is empty or null. */
  static boolean isNothing(Node node) {
    if (!(node instanceof ScalarNode scalar) || scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return false;
    }
    String text = scalar.getValue();
    return text.isEmpty() || text.equals("~") || text.equals("null");
  }

  /** The kind of a node, for messages. */
  static String kind(Node node) {
    if (isNothing(node)) {
      return "empty";
    }
    if (node instanceof MappingNode) {
      return "a map";
    }
    return node instanceof SequenceNode ? "a list" : "a text";
  }
}
