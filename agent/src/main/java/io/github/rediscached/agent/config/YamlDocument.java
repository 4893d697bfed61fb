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

/** One YAML document as a graph of nodes that know their lines; all scalars are texts. */
final class YamlDocument {

  /** What the library puts before a name of the file's. */
  private static final List<String> NAMED =
      List.of("undefined alias", "undefined tag handle", "duplicate tag handle");

  private final String path;
  private final Problems problems;

  YamlDocument(String path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** The root; null if there is none or if the text is not YAML, which is then noted. */
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
      int line = 1;
      for (int i = 0; i < Math.min(e.getPosition(), text.length()); i++) {
        line += text.charAt(i) == '\n' ? 1 : 0;
      }
      add(line, "The file has a character that YAML does not allow. Remove it.");
    } catch (TooDeepException e) {
      add(e.line(), "The file's maps and lists are nested too deeply. Settings have two levels.");
    } catch (YamlVersionException e) {
      add(1, "The file asks for another version of YAML. Remove the line \"%YAML\".");
    } catch (YamlEngineException e) {
      add(0, "The file has too many aliases. Write the values in their places.");
    } catch (RuntimeException | StackOverflowError e) {
      // The library is not meant to throw others; what they say may quote a value.
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

  /** A password that begins with a "*" or a "!" is taken for a name, which the library shows. */
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
    int start = 0;
    for (int i = 1; i < line; i++) {
      int newline = text.indexOf('\n', start);
      if (newline < 0) {
        // YAML knows other line breaks as well.
        break;
      }
      start = newline + 1;
    }
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  /** The line, from 1; 0 if it is not known. */
  static int line(Optional<Mark> mark) {
    return mark.isPresent() ? mark.get().getLine() + 1 : 0;
  }

  /** Whether nothing was written as value, or null. */
  static boolean isNothing(Node node) {
    if (!(node instanceof ScalarNode scalar) || scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return false;
    }
    String text = scalar.getValue();
    return text.isEmpty() || text.equals("~") || text.equals("null");
  }

  /** What a node is, for messages. */
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
