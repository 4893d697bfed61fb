package io.github.rediscached.agent.codec;

/** What writer and reader know of a class: its name and layout in an entry, and its rule. */
final class KnownClass {

  final Class<?> type;
  final Rule rule;

  /** Place in the table of {@link BuiltIns}, or -1: then its name and layout are written. */
  final int builtInIndex;

  final ClassName name;

  private KnownClass(Class<?> type, Rule rule, int builtInIndex, long layout) {
    this.type = type;
    this.rule = rule;
    this.builtInIndex = builtInIndex;
    this.name = ClassName.of(type.getName(), layout);
  }

  static KnownClass builtIn(Class<?> type, Rule rule, int index) {
    return new KnownClass(type, rule, index, 0);
  }

  static KnownClass ofApplication(Class<?> type, Rule rule, long layout) {
    return new KnownClass(type, rule, -1, layout);
  }
}
