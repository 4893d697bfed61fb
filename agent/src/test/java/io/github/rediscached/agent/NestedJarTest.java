package io.github.rediscached.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedJarTest {

  @TempDir Path folder;

  @Test
  void everyEntryIsFoundWithItsContentAndNothingElseIs() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (int i = 0; i < 3000; i++) {
      // Many end alike, which is all that the index looks at first.
      String name = "io/library" + i + "/internal/implementation/CommandArgs.class";
      entries.put(name, ("content of " + name).repeat(i % 40).getBytes(StandardCharsets.UTF_8));
    }
    entries.put("A.class", new byte[] {1});
    entries.put("x", new byte[] {2});
    entries.put("grün/Straße.class", new byte[70_000]);

    NestedJar outer = new NestedJar(outerOf(zip(entries)).toFile());
    NestedJar jar = outer.nested("rediscached/libraries.jar");

    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      assertArrayEquals(entry.getValue(), jar.read(entry.getKey()), entry.getKey());
    }
    assertNull(jar.read("io/library1/internal/implementation/CommandArgs2.class"));
    assertNull(jar.read("io/library9999/internal/implementation/CommandArgs.class"));
    assertNull(jar.read(""));
    assertArrayEquals(new byte[1000], outer.read("before"));
    assertArrayEquals(new byte[0], outer.read("after"));
  }

  @Test
  void aJarThatSomebodyHasCompressedIsNamed() throws IOException {
    NestedJar outer = new NestedJar(outerOf(zip(new TreeMap<>())).toFile());

    for (String path : List.of("before", "absent")) {
      IOException refused = assertThrows(IOException.class, () -> outer.nested(path));
      assertTrue(String.valueOf(refused.getMessage()).contains("Use the jar as it was built"));
    }
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setComment("");
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setComment("a comment");
        if (entry.getValue().length < 10) {
          store(header, entry.getValue());
        }
        zip.putNextEntry(header);
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private Path outerOf(byte[] inner) throws IOException {
    Path outer = folder.resolve("outer.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(outer))) {
      zip.putNextEntry(new ZipEntry("before"));
      zip.write(new byte[1000]);
      ZipEntry header = new ZipEntry("rediscached/libraries.jar");
      store(header, inner);
      zip.putNextEntry(header);
      zip.write(inner);
      zip.putNextEntry(new ZipEntry("after"));
    }
    return outer;
  }

  private static void store(ZipEntry header, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    header.setMethod(ZipEntry.STORED);
    header.setSize(content.length);
    header.setCrc(checksum.getValue());
  }
}
