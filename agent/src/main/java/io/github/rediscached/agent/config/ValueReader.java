package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.Secret;
import io.github.rediscached.agent.plan.TimeSpan;
import io.github.rediscached.agent.plan.TypePattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a setting. The readers are classes, as lambdas cost tens of ms at start. */
interface ValueReader<T> {

  /**
   * Reads a value.
   *
   * @param text without spaces around it
   * @throws IllegalArgumentException if it is invalid; the message completes a sentence that begins
   *     with the setting's name, and ends with the remedy
   */
  T read(String text);

  ValueReader<String> TEXT =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty. Write a value or remove it.");
          }
          return text;
        }
      };

  ValueReader<Boolean> SWITCH =
      new ValueReader<>() {
        @Override
        public Boolean read(String text) {
          if (text.equalsIgnoreCase("true")) {
            return true;
          }
          if (text.equalsIgnoreCase("false")) {
            return false;
          }
          throw new IllegalArgumentException(
              "is \"" + text + "\", neither true nor false. Write one of them.");
        }
      };

  ValueReader<String> NAMESPACE =
      new ValueReader<>() {
        private static final int MAX_LENGTH = 100;

        @Override
        public String read(String text) {
          if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty. Write a name or remove it.");
          }
          if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                "has " + text.length() + " characters. Write at most " + MAX_LENGTH + ".");
          }
          for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
              throw new IllegalArgumentException(
                  "is \"%s\", but a colon would make Redis keys ambiguous. Write \".\", \"_\" or \"-\" in its place."
                      .formatted(text));
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !isDigit(c) && c != '.' && c != '_' && c != '-') {
              throw new IllegalArgumentException(
                  "is \"%s\", which has \"%s\". Write only letters (a to z), digits, \".\", \"_\" and \"-\"."
                      .formatted(text, text.substring(i, text.offsetByCodePoints(i, 1))));
            }
          }
          return text;
        }
      };

  ValueReader<String> REDIS_URI =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          return RedisUri.check(text);
        }
      };

  /** The name of a host, or its address. */
  ValueReader<String> HOST =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          boolean plain = !text.isEmpty();
          for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain &=
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || isDigit(c)
                    || c == '.'
                    || c == '-'
                    || c == ':';
          }
          if (!plain) {
            throw new IllegalArgumentException(
                "is \""
                    + text
                    + "\", not the name of a host. Write one such as cache.example.com.");
          }
          return text;
        }
      };

  ValueReader<String> REDIS_MODE =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          return switch (text) {
            case "auto", "standalone", "cluster" -> text;
            default ->
                throw new IllegalArgumentException(
                    "is \"" + text + "\". Write auto, standalone or cluster.");
          };
        }
      };

  ValueReader<Duration> TIMEOUT =
      new ValueReader<>() {
        @Override
        public Duration read(String text) {
          return TimeSpan.parseBetween(text, "1ms", "1h");
        }
      };

  /** How often something is done again. */
  ValueReader<Duration> REFRESH =
      new ValueReader<>() {
        @Override
        public Duration read(String text) {
          return TimeSpan.parseBetween(text, "1s", "1d");
        }
      };

  ValueReader<Duration> TTL =
      new ValueReader<>() {
        @Override
        public Duration read(String text) {
          return TimeSpan.parseTtl(text);
        }
      };

  ValueReader<Double> SHARE =
      new ValueReader<>() {
        @Override
        public Double read(String text) {
          boolean percent = text.endsWith("%");
          String number = percent ? text.substring(0, text.length() - 1).stripTrailing() : text;
          double share = parse(text, number) / (percent ? 100 : 1);
          if (share > 1) {
            throw new IllegalArgumentException(
                "is \"" + text + "\", more than 100%. Write a share such as 10% or 0.1.");
          }
          return share;
        }

        private double parse(String text, String number) {
          // Double.parseDouble alone would read "NaN", "1e-1" and "0.1f".
          boolean plain = true;
          for (int i = 0; i < number.length(); i++) {
            plain &= isDigit(number.charAt(i)) || number.charAt(i) == '.';
          }
          try {
            if (plain) {
              return Double.parseDouble(number);
            }
          } catch (NumberFormatException e) {
            // The exception below says it.
          }
          throw new IllegalArgumentException(
              "is \"" + text + "\", not a share from 0 to 100%. Write one such as 10% or 0.1.");
        }
      };

  /** The size of a value in Redis. */
  ValueReader<Long> SIZE = new SizeReader(512, "Write at most 512MB, Redis's own limit.");

  /** The same, or {@code 0} or {@code off} for no size. */
  ValueReader<Long> SIZE_OR_OFF =
      new ValueReader<>() {
        @Override
        public Long read(String text) {
          return text.equals("0") || text.equalsIgnoreCase("off")
              ? Long.valueOf(0)
              : SIZE.read(text);
        }
      };

  /** Whether arguments and tags in Redis keys are hashed. */
  ValueReader<Boolean> KEYS =
      new ValueReader<>() {
        @Override
        public Boolean read(String text) {
          if (text.equalsIgnoreCase("hashed")) {
            return true;
          }
          if (text.equalsIgnoreCase("plain")) {
            return false;
          }
          throw new IllegalArgumentException(
              "is \"" + text + "\", neither plain nor hashed. Write one of them.");
        }
      };

  ValueReader<List<Secret>> SECRETS = new SecretsReader();

  /** A size of memory. */
  ValueReader<Long> MEMORY = new SizeReader(1 << 20, "Write at most 1024GB.");

  /** Classes, separated by commas or spaces: an agent argument has no commas within a value. */
  ValueReader<List<TypePattern>> TYPES =
      new ValueReader<>() {
        @Override
        public List<TypePattern> read(String text) {
          List<TypePattern> types = new ArrayList<>();
          for (String type : text.split("[,\\s]", -1)) {
            if (!type.isBlank()) {
              types.add(TypePattern.parse(type.strip()));
            }
          }
          return List.copyOf(types);
        }
      };

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
