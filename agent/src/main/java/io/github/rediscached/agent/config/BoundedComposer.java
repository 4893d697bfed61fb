package io.github.rediscached.agent.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Refuses deep nesting. The library would recurse until the stack overflows. An overflow while a
 * class is initialised makes that class unusable for ever.
 */
final class BoundedComposer extends Composer {

  private static final int MAX_DEPTH = 50;

  private int depth;

  BoundedComposer(LoadSettings settings, String text) {
    super(settings, new ParserImpl(settings, new StreamReader(settings, text)));
  }

  @Override
  protected SequenceNode composeSequenceNode(Optional<Anchor> anchor) {
    enter();
    SequenceNode node = super.composeSequenceNode(anchor);
    depth--;
    return node;
  }

  @Override
  protected Node composeMappingNode(Optional<Anchor> anchor) {
    enter();
    Node node = super.composeMappingNode(anchor);
    depth--;
    return node;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new TooDeepException(YamlDocument.line(parser.peekEvent().getStartMark()));
    }
  }

  /** Ends the parsing. */
  static final class TooDeepException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int line;

    TooDeepException(int line) {
      this.line = line;
    }

    int line() {
      return line;
    }
  }
}
