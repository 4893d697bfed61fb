package io.github.rediscached.agent.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the text of the settings file, of bounded size. */
final class SettingsFile {

  private static final int MAX_BYTES = 1 << 20;

  private SettingsFile() {}

  /** Reads the file; null if that is impossible, which becomes a problem. */
  static @Nullable String read(File file, Problems problems) {
    Place place = new Place(file.getPath());
    if (!file.exists()) {
      problems.add(
          place, "There is no such file. Correct `config`, or remove it to do without a file.");
      return null;
    }
    if (file.isDirectory()) {
      problems.add(place, "This is a directory. Write the path of a file to `config`.");
      return null;
    }
    // Reading a pipe could wait for ever.
    if (!file.isFile()) {
      problems.add(place, "This is no regular file. Write the path of one to `config`.");
      return null;
    }
    byte[] bytes;
    try (InputStream in = new FileInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      problems.add(
          place,
          "The file can't be read: " + e.getMessage() + ". Let the application's user read it.");
      return null;
    }
    if (bytes.length > MAX_BYTES) {
      problems.add(place, "The file is larger than 1 MB. Is it a file of settings?");
      return null;
    }
    return decode(bytes, place, problems);
  }

  private static @Nullable String decode(byte[] bytes, Place place, Problems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int line = out.flip().toString().split("\n", -1).length;
      problems.add(
          new Place(place.source(), line), "The file is not UTF-8 text. Save it as UTF-8.");
      return null;
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
