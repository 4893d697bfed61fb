package io.github.rediscached.agent.config;

import io.github.rediscached.agent.config.Settings.Credentials;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code redis.credentials}: the file or the command that tells user and password. What it
 * tells is never part of a message.
 */
final class CredentialsReader implements ValueReader<Credentials> {

  private static final String FILE = "file:";
  private static final String COMMAND = "command:";
  private static final String EXAMPLE =
      "Write one such as file:/run/secrets/redis, or command:/usr/bin/get-token cache.";

  @Override
  public Credentials read(String text) {
    if (text.startsWith(FILE)) {
      return new Credentials(
          checkFile(text.substring(FILE.length()).strip()), List.of(), Credentials.REFRESH);
    }
    if (text.startsWith(COMMAND)) {
      return new Credentials(
          null, checkCommand(words(text.substring(COMMAND.length()))), Credentials.REFRESH);
    }
    // It may be a password that was written here, so it is not shown.
    throw new IllegalArgumentException("begins neither with file: nor with command:. " + EXAMPLE);
  }

  private static String checkFile(String path) {
    byte[] bytes = ReadableFile.bytes(path, EXAMPLE);
    if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
      throw new IllegalArgumentException(
          "is \""
              + path
              + "\", an empty file. Write the password to it, or user and password in"
              + " two lines.");
    }
    return path;
  }

  private static List<String> checkCommand(List<String> words) {
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw new IllegalArgumentException("names no command. " + EXAMPLE);
    }
    String program = words.get(0);
    // Another one is looked for in the PATH when it is needed.
    if (program.indexOf(File.separatorChar) >= 0 && !new File(program).canExecute()) {
      throw new IllegalArgumentException(
          "names \"" + program + "\", which can't be executed. " + EXAMPLE);
    }
    return words;
  }

  /** The words of a command as a shell splits it, without its other features. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        i++;
        word.append(text.charAt(i));
        inWord = true;
      } else if (quote != 0 ? c == quote : c == '\'' || c == '"') {
        quote = quote == 0 ? c : 0;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException(
          "has a quotation mark without a second one. Write both, or a backslash before it.");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }
}
