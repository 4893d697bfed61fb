package io.github.rediscached.agent.http;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a request as expressions see it, made when one is evaluated: a hit in memory evaluates
 * none.
 */
abstract class RequestParts extends AbstractMap<String, String> {

  private @Nullable Map<String, String> made;

  abstract Map<String, String> make();

  private Map<String, String> made() {
    Map<String, String> present = made;
    if (present == null) {
      present = make();
      made = present;
    }
    return present;
  }

  @Override
  public final @Nullable String get(@Nullable Object name) {
    return made().get(name);
  }

  @Override
  public final boolean containsKey(@Nullable Object name) {
    return made().containsKey(name);
  }

  @Override
  public final Set<Entry<String, String>> entrySet() {
    return made().entrySet();
  }

  /** The variables of a rule's path. */
  static Map<String, String> ofPath(PathPattern pattern, String path) {
    return new RequestParts() {
      @Override
      Map<String, String> make() {
        Map<String, String> variables = pattern.match(path);
        return variables == null ? Map.of() : variables;
      }
    };
  }

  /** The first value of each parameter. */
  static Map<String, String> ofQuery(@Nullable String query) {
    return new RequestParts() {
      @Override
      Map<String, String> make() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
          for (String[] parameter : QueryFilter.parameters(query)) {
            parameters.putIfAbsent(parameter[0], parameter[1]);
          }
        }
        return parameters;
      }
    };
  }

  /** {@code uri.tag}: the tag of all responses for a path and query. */
  static Map<String, String> ofUri(String path, @Nullable String query) {
    return new RequestParts() {
      @Override
      Map<String, String> make() {
        return Map.of("tag", UriTag.of(path, query));
      }
    };
  }
}
