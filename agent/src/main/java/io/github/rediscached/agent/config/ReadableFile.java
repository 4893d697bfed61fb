package io.github.rediscached.agent.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the small files that settings name, as far as that is needed to check them. */
final class ReadableFile {

  /** A bundle of all public authorities is a fifth of it. */
  private static final int MAX_BYTES = 1 << 20;

  private ReadableFile() {}

  /**
   * The content.
   *
   * @param path if relative, from the working directory
   * @param example what to write in the place of a wrong path, as a sentence
   * @throws IllegalArgumentException if it can't be read; the message completes a sentence that
   *     begins with the setting's name
   */
  static byte[] bytes(String path, String example) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("is empty. " + example);
    }
    File file = new File(path);
    String shown = "is \"" + path + "\", ";
    if (!file.exists()) {
      throw new IllegalArgumentException(shown + "a file that does not exist. " + example);
    }
    if (file.isDirectory()) {
      throw new IllegalArgumentException(shown + "a directory. " + example);
    }
    byte[] bytes;
    try (InputStream in = new FileInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          shown + "a file that can't be read. Give the user of this process the right to read it.",
          e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(shown + "a file of more than 1 MB. " + example);
    }
    return bytes;
  }
}
