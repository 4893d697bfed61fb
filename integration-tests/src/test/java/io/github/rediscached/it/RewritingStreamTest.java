package io.github.rediscached.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RewritingStreamTest {

  @Test
  void aTextIsReplacedWhereverItIsTorn() throws IOException {
    byte[] bytes = "a if lost end, if los, if lost end\r\n".getBytes(ISO_8859_1);
    for (int torn = 0; torn <= bytes.length; torn++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      RewritingStream rewriting = new RewritingStream(out, Map.of("if lost", "       "));

      rewriting.write(bytes, 0, torn);
      rewriting.write(bytes, torn, bytes.length - torn);

      assertEquals("a         end, if los,         end\r\n", out.toString(ISO_8859_1));
    }
  }
}
