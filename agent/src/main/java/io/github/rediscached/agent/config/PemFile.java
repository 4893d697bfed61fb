package io.github.rediscached.agent.config;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the path of a PEM file, and looks whether there is such a file with what it is for: a
 * mistake in a path shows at the start, not when Redis is connected. {@link KnownSettings} has one
 * for each kind.
 */
final class PemFile implements ValueReader<String> {

  /** One certificate or more. */
  static final PemFile CERTIFICATES =
      new PemFile(
          List.of("-----BEGIN CERTIFICATE-----"),
          "has no certificate in PEM form (-----BEGIN CERTIFICATE-----)",
          "Convert it with \"openssl x509 -in FILE -out FILE.pem\".");

  /** A private key, which may be encrypted. */
  static final PemFile KEY =
      new PemFile(
          List.of("-----BEGIN PRIVATE KEY-----", "-----BEGIN ENCRYPTED PRIVATE KEY-----"),
          "has no private key in the PEM form of PKCS#8 (-----BEGIN PRIVATE KEY-----)",
          "Convert it with \"openssl pkcs8 -topk8 -in FILE -out FILE.pem\".");

  private final List<String> headers;
  private final String missing;
  private final String remedy;

  private PemFile(List<String> headers, String missing, String remedy) {
    this.headers = headers;
    this.missing = missing;
    this.remedy = remedy;
  }

  @Override
  public String read(String text) {
    String content =
        new String(
            ReadableFile.bytes(text, "Write the path of a PEM file."), StandardCharsets.US_ASCII);
    for (String header : headers) {
      if (content.contains(header)) {
        return text;
      }
    }
    throw new IllegalArgumentException(
        "is \"" + text + "\", a file that " + missing + ". " + remedy);
  }
}
