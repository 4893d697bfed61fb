package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.HttpOptions;
import io.github.rediscached.agent.plan.NearOption;
import io.github.rediscached.agent.plan.Suggestion;
import io.github.rediscached.agent.plan.TimeSpan;
import java.time.Duration;
import java.util.List;

/**
 * The options of a rule in {@code http}, as {@link KnownOptions} has those of the other rules. A
 * class of its own, so that its readers are loaded only for files with such rules.
 */
final class KnownHttpOptions {

  /** What {@code key} may name: one of these alone, or one of the others with a name. */
  private static final List<String> PLAIN_KEYS = List.of("principal", "session");

  private static final List<String> NAMED_KEYS = List.of("header", "cookie");

  /**
   * Finds the mistakes that would let a pattern match nothing. The request's side reads the pattern
   * itself.
   */
  private static final ValueReader<String> PATH_READER =
      new ValueReader<>() {
        private static final String EXAMPLE = " Write one such as /api/products/{id}.";

        @Override
        public String read(String text) {
          if (!text.startsWith("/")) {
            throw new IllegalArgumentException(
                "is \"" + text + "\", which does not begin with \"/\"." + EXAMPLE);
          }
          checkBraces(text);
          int rest = text.indexOf("**");
          if (rest >= 0 && rest + "**".length() < text.length()) {
            throw new IllegalArgumentException(
                "is \""
                    + text
                    + "\", but \"**\" stands only at the end. Write \"*\" for a part of one"
                    + " segment.");
          }
          return text;
        }

        private void checkBraces(String text) {
          int open = 0;
          for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
              open++;
            } else if (c == '}' && --open < 0) {
              throw new IllegalArgumentException(
                  "is \"" + text + "\", which has a \"}\" without \"{\"." + EXAMPLE);
            }
          }
          if (open > 0) {
            throw new IllegalArgumentException(
                "is \"" + text + "\", which has a \"{\" without \"}\"." + EXAMPLE);
          }
        }
      };

  private static final ValueReader<String> HEADER_READER =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          HttpToken.check(text, 0, "header", "Write names such as [Accept, Accept-Language].");
          return text;
        }
      };

  private static final ValueReader<String> ALSO_STORE_READER =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          if (text.equals(HttpOptions.SET_COOKIE)
              || text.equals(HttpOptions.HEURISTIC)
              || text.equals(HttpOptions.ATTRIBUTES)) {
            return text;
          }
          throw new IllegalArgumentException(
              "has \""
                  + text
                  + "\", which is none of "
                  + HttpOptions.SET_COOKIE
                  + ", "
                  + HttpOptions.HEURISTIC
                  + " and "
                  + HttpOptions.ATTRIBUTES
                  + ". Write one of them.");
        }
      };

  private static final ValueReader<String> IGNORED_HEADER_READER =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          return text.equals("*") ? text : HEADER_READER.read(text);
        }
      };

  private static final ValueReader<String> PARAMETER_READER =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          // As a name it would keep all others out of the key, so that requests share responses.
          if (text.equals("*")) {
            throw new IllegalArgumentException(
                "has \"*\", but all parameters belong to the key where the option is missing."
                    + " Remove it, or write names.");
          }
          return ValueReader.TEXT.read(text);
        }
      };

  private static final ValueReader<String> KEY_READER =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          int colon = text.indexOf(':');
          String kind = colon < 0 ? text : text.substring(0, colon);
          if (NAMED_KEYS.contains(kind)) {
            int start = colon < 0 ? text.length() : colon + 1;
            HttpToken.check(text, start, kind, "Write one such as " + kind + ":name.");
          } else if (!PLAIN_KEYS.contains(kind)) {
            throw unknown(text, kind);
          } else if (colon >= 0) {
            throw new IllegalArgumentException(
                "has \"" + text + "\", but " + kind + " has no name. Write " + kind + " alone.");
          }
          return text;
        }

        /** Suggests without what follows the colon: it may be a password in a wrong place. */
        private IllegalArgumentException unknown(String text, String kind) {
          String named = Suggestion.nearest(kind, NAMED_KEYS);
          if (named != null) {
            return new IllegalArgumentException(
                "has \"" + text + "\", which is unknown. Did you mean " + named + ":name?");
          }
          String plain = Suggestion.nearest(kind, PLAIN_KEYS);
          if (plain != null) {
            return new IllegalArgumentException(
                "has \"" + text + "\", which is unknown. Did you mean " + plain + "?");
          }
          return new IllegalArgumentException(
              "has \""
                  + text
                  + "\", which is unknown. Write principal, session, header:name or cookie:name.");
        }
      };

  private static final ValueReader<Integer> STATUS_READER =
      new ValueReader<>() {
        @Override
        public Integer read(String text) {
          if (text.equalsIgnoreCase("all")) {
            return HttpOptions.ALL_STATUSES;
          }
          boolean number = text.length() == 3;
          for (int i = 0; number && i < text.length(); i++) {
            number = ValueReader.isDigit(text.charAt(i));
          }
          int status = number ? Integer.parseInt(text) : 0;
          if (status < 400 || status > 599) {
            throw new IllegalArgumentException(
                "has \""
                    + text
                    + "\", not the status of an error. Write numbers from 400 to 599, or all.");
          }
          return status;
        }
      };

  /** Zero means not at all, whatever a response says. */
  private static final ValueReader<Duration> STALE_READER =
      new ValueReader<>() {
        @Override
        public Duration read(String text) {
          return TimeSpan.parseBetween(text, "0s", "36500d");
        }
      };

  private static final ValueReader<Boolean> DIRECTIVES_READER =
      new ValueReader<>() {
        @Override
        public Boolean read(String text) {
          if (text.equalsIgnoreCase("honour")) {
            return true;
          }
          if (text.equalsIgnoreCase("ignore")) {
            return false;
          }
          throw new IllegalArgumentException(
              "is \"" + text + "\", neither honour nor ignore. Write one of them.");
        }
      };

  static final Catalog HTTP = new Catalog("option of an HTTP rule");

  static final Setting<String> PATH = HTTP.add("path", PATH_READER, null);
  static final Setting<String> CACHE = HTTP.add("cache", KnownOptions.CACHE_READER, null);
  static final Setting<Duration> TTL = HTTP.add("ttl", ValueReader.TTL, null);
  static final Setting<List<String>> TAGS = HTTP.addList("tags", ValueReader.TEXT);
  static final Setting<List<String>> VARY = HTTP.addList("vary", HEADER_READER);

  /** An empty list means that no parameter belongs to the key; without the option, all do. */
  static final Setting<List<String>> QUERY = HTTP.addList("query", PARAMETER_READER, null);

  static final Setting<List<String>> KEY = HTTP.addList("key", KEY_READER);
  static final Setting<List<String>> ALSO_STORE = HTTP.addList("also-store", ALSO_STORE_READER);
  static final Setting<List<Integer>> STATUSES = HTTP.addList("statuses", STATUS_READER);
  static final Setting<List<String>> IGNORED_HEADERS =
      HTTP.addList("ignore-headers", IGNORED_HEADER_READER);
  static final Setting<Duration> STALE_WHILE_REVALIDATE =
      HTTP.add("stale-while-revalidate", STALE_READER, null);
  static final Setting<Duration> STALE_ON_ERROR = HTTP.add("stale-on-error", STALE_READER, null);
  static final Setting<Boolean> REQUEST_DIRECTIVES =
      HTTP.add("request-directives", DIRECTIVES_READER, true);
  static final Setting<Boolean> CACHE_STATUS = HTTP.add("cache-status", ValueReader.SWITCH, true);
  static final Setting<NearOption> NEAR =
      HTTP.add("near", KnownOptions.NEAR_READER, NearOption.AUTO);

  private KnownHttpOptions() {}
}
