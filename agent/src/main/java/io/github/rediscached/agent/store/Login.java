package io.github.rediscached.agent.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection is for Redis.
 *
 * @param user null for Redis's default user
 */
record Login(@Nullable String user, String password) {

  /** A token of Entra ID has some thousand. */
  static final int MAX_BYTES = 1 << 16;

  /**
   * Reads what a file or a command tells: the password, or user and password in two lines.
   *
   * @param source for the message, such as "the file"
   * @throws LoginUnknownException if it is something else; the message has nothing of the text
   */
  static Login parse(byte[] text, String source) {
    if (text.length > MAX_BYTES) {
      throw new LoginUnknownException(source + " has more than 64 KB");
    }
    List<String> lines = new String(text, StandardCharsets.UTF_8).stripTrailing().lines().toList();
    boolean withUser = lines.size() == 2;
    if (lines.isEmpty() || lines.size() > 2 || lines.get(lines.size() - 1).isBlank()) {
      throw new LoginUnknownException(
          source
              + " has "
              + lines.size()
              + " lines in place of a password, or user and password in two lines");
    }
    return new Login(withUser ? lines.get(0).strip() : null, lines.get(lines.size() - 1));
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Login";
  }
}
