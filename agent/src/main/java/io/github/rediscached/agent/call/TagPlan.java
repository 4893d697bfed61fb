package io.github.rediscached.agent.call;

import io.github.rediscached.agent.expression.ExpressionCall;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.expression.Template;
import io.github.rediscached.agent.key.KeyHash;
import io.github.rediscached.agent.key.ProtocolKeys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a method's entries. Those that every reader of an entry knows from the arguments are
 * read together with it and need not be named in it. The others are named: those that depend on the
 * result, and all tags of entries that several methods share by an explicit key.
 */
final class TagPlan {

  /** Of one entry. Redis looks at all of them, for each look-up of the entry. */
  static final int MAX_TAGS = 1_000;

  private final List<Template> unnamed = new ArrayList<>();
  private final List<Template> namedByArguments = new ArrayList<>();
  private final List<Template> namedByResult = new ArrayList<>();
  private final @Nullable KeyHash hash;

  /**
   * @param shared whether other methods may read the entries
   * @param hash what hides tags in Redis; null if they may be readable
   */
  TagPlan(List<Template> tags, boolean shared, @Nullable KeyHash hash) {
    this.hash = hash;
    for (Template tag : tags) {
      (tag.usesResult() ? namedByResult : shared ? namedByArguments : unnamed).add(tag);
    }
  }

  boolean namesTags() {
    return !namedByArguments.isEmpty() || !namedByResult.isEmpty();
  }

  /** Whether an entry may name tags that only its result tells. */
  boolean dependOnResult() {
    return !namedByResult.isEmpty();
  }

  /** Whether those that are evaluated for a look-up are the same whenever the arguments are. */
  boolean followArguments() {
    for (Template tag : unnamed) {
      if (!tag.isOfVariables()) {
        return false;
      }
    }
    return namedByArguments.isEmpty();
  }

  /** Whether nothing needs to be evaluated for a look-up. */
  boolean isEmptyForLookUp() {
    return unnamed.isEmpty() && namedByArguments.isEmpty();
  }

  /** Those that the reader of an entry knows, as keys name them. */
  List<String> unnamed(ExpressionCall call) throws ExpressionException {
    return hidden(ofEntry(evaluate(unnamed, call)));
  }

  /** Those that the next entry will name, as far as the arguments tell. */
  List<String> namedByArguments(ExpressionCall call) throws ExpressionException {
    return hidden(ofEntry(evaluate(namedByArguments, call)));
  }

  /**
   * All that the entry names.
   *
   * @param call with the result
   */
  List<String> named(ExpressionCall call) throws ExpressionException {
    if (!namesTags()) {
      return List.of();
    }
    Set<String> tags = new LinkedHashSet<>(evaluate(namedByArguments, call));
    tags.addAll(evaluate(namedByResult, call));
    return hidden(ofEntry(List.copyOf(tags)));
  }

  private List<String> hidden(List<String> tags) {
    if (hash == null) {
      return tags;
    }
    List<String> hidden = new ArrayList<>(tags.size());
    for (String tag : tags) {
      hidden.add(ProtocolKeys.tag(tag, hash));
    }
    return hidden;
  }

  private static List<String> ofEntry(List<String> tags) throws ExpressionException {
    if (tags.size() <= MAX_TAGS) {
      return tags;
    }
    List<String> distinct = List.copyOf(new LinkedHashSet<>(tags));
    if (distinct.size() > MAX_TAGS) {
      throw new ExpressionException(
          "`tags` yields "
              + distinct.size()
              + " tags, and an entry has at most "
              + MAX_TAGS
              + ", since Redis looks at all of them on each look-up. Use fewer tags, each for more,"
              + " or evict the whole cache (`allEntries`).");
    }
    return distinct;
  }

  /** As they are written, and as many as there are: an eviction has no bound. */
  static List<String> evaluate(List<Template> templates, ExpressionCall call)
      throws ExpressionException {
    if (templates.isEmpty()) {
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    for (Template template : templates) {
      for (String tag : template.evaluate(call)) {
        tags.add(ProtocolKeys.tag(tag));
      }
    }
    return tags;
  }
}
