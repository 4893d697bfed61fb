package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaxNamesTest {

  private static byte[] classFile(String name) throws IOException {
    try (InputStream in = JavaxNames.class.getResourceAsStream("/" + name + ".class")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AsyncEnd",
        "CachingServlets",
        "CopyingWriter",
        "FollowedRun",
        "RecordedAsync",
        "RecordedRequest",
        "RecordedResponse",
        "RecordedRun",
        "RecordedStream",
        "ServletSink",
        "ServletView"
      })
  void ourServletClassesNameTheOtherPackage(String name) throws IOException {
    byte[] changed = JavaxNames.in(classFile("io/github/rediscached/agent/servlet/" + name));
    String text = new String(changed, StandardCharsets.ISO_8859_1);
    assertFalse(text.contains("jakarta/servlet"));
    assertTrue(text.contains("javax/servlet") || name.equals("CopyingWriter"));
    assertEquals(
        "io/github/rediscached/agent/servlet/" + name, new ClassReader(changed).getClassName());
  }

  @Test
  void otherClassesStayAsTheyAre() throws IOException {
    byte[] before = classFile("io/github/rediscached/agent/http/Fields");
    assertEquals(
        new String(before, StandardCharsets.ISO_8859_1),
        new String(JavaxNames.in(before), StandardCharsets.ISO_8859_1));
  }
}
