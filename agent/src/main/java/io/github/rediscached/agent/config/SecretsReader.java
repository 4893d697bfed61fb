package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.Secret;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Reads secrets, separated by commas: each in base64, or the file that has it. Its messages show no
 * part of a secret, and nothing of a value that may be one.
 */
final class SecretsReader implements ValueReader<List<Secret>> {

  private static final String FILE = "file:";

  /** Of a file with one secret. */
  private static final int MAX_FILE_BYTES = 1 << 16;

  /** Random bytes have more in base64 and, nearly always, in hex; a placeholder has fewer. */
  private static final int LEAST_DISTINCT = 8;

  private static final String REMEDY =
      "Write "
          + Secret.MIN_BYTES
          + " random bytes or more in base64, as `openssl rand -base64 32`"
          + " prints them, or file: and the path of a file that has them.";

  @Override
  public List<Secret> read(String text) {
    List<Secret> secrets = new ArrayList<>();
    String[] elements = text.split(",", -1);
    for (int i = 0; i < elements.length; i++) {
      Secret secret = secret(elements[i].strip(), i + 1, elements.length);
      if (secrets.contains(secret)) {
        throw new IllegalArgumentException(
            "has a secret twice: " + name(i + 1, elements.length) + ". Remove one of them.");
      }
      secrets.add(secret);
    }
    return List.copyOf(secrets);
  }

  private static Secret secret(String element, int number, int count) {
    if (element.startsWith(FILE)) {
      String path = element.substring(FILE.length());
      return decoded(content(path), "has a file (" + name(number, count) + ") whose content");
    }
    return decoded(element, "has a secret (" + name(number, count) + ") that");
  }

  private static String name(int number, int count) {
    return "no. " + number + " of " + count + ", not shown here";
  }

  private static String content(String path) {
    File file = new File(path);
    if (!file.isFile()) {
      throw new IllegalArgumentException(
          "names the file \""
              + path
              + "\", which is not there or is no regular file. Correct the"
              + " path.");
    }
    try (InputStream in = new FileInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES);
      return new String(bytes, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "names the file \""
              + path
              + "\", which can't be read. Let the application's user read"
              + " it.",
          e);
    }
  }

  /** Base64 with either alphabet, with or without padding; hex digits are base64, too. */
  private static Secret decoded(String text, String subject) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      // Not as its cause, which shows a character of it.
      throw new IllegalArgumentException(subject + " is not base64. " + REMEDY);
    }
    if (bytes.length < Secret.MIN_BYTES) {
      throw new IllegalArgumentException(subject + " is too short. " + REMEDY);
    }
    if (distinct(text) < LEAST_DISTINCT) {
      throw new IllegalArgumentException(subject + " is not random. " + REMEDY);
    }
    return new Secret(bytes);
  }

  private static int distinct(String ascii) {
    boolean[] seen = new boolean[128];
    int distinct = 0;
    for (int i = 0; i < ascii.length(); i++) {
      if (!seen[ascii.charAt(i)]) {
        seen[ascii.charAt(i)] = true;
        distinct++;
      }
    }
    return distinct;
  }
}
