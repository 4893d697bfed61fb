package io.github.rediscached.agent.config;

import java.util.Locale;

/** How a place spells the names of settings. */
enum Spelling {
  PLAIN(""),
  PROPERTY(SettingsLoader.PROPERTIES),
  ENVIRONMENT(SettingsLoader.VARIABLES);

  private final String prefix;

  Spelling(String prefix) {
    this.prefix = prefix;
  }

  String of(String settingName) {
    return withPrefix(
        this == ENVIRONMENT
            ? settingName.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')
            : settingName);
  }

  String withPrefix(String name) {
    return prefix.concat(name);
  }

  String withoutPrefix(String spelledName) {
    return spelledName.substring(prefix.length());
  }
}
