package io.github.rediscached.it;

import static io.github.rediscached.it.CredentialsTest.awaitCaching;
import static io.github.rediscached.it.CredentialsTest.runs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.outages.Outages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * TLS with a real Redis: one that wants no certificate of its clients, and one that does. The
 * certificates are made by {@code src/test/resources/tls/make.sh}.
 */
class TlsTest {

  private static final Path FILES = Path.of("src/test/resources/tls").toAbsolutePath();

  private static int open;
  private static int closed;
  private static TestRedis anyClient;
  private static TestRedis knownClients;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    open = TestRedis.freePort();
    anyClient = startRedis(open, "server", "no");
    closed = TestRedis.freePort();
    knownClients = startRedis(closed, "server", "yes");
  }

  @AfterAll
  static void end() {
    anyClient.close();
    knownClients.close();
  }

  @Test
  void anAuthorityOfOnesOwnIsTrusted() {
    assertCaches(jvm(open).setting("redis.tls.ca", file("ca.pem")));
  }

  @Test
  void oneOfSeveralAuthoritiesInAFileIsEnough() {
    assertCaches(
        jvm(open)
            .setting("redis.tls.ca", file("both-cas.pem"))
            .setting("redis.uri", "rediss://localhost:" + open));
  }

  @Test
  void aServerThatNobodyVouchesForIsRefusedWithTheSettingThatHelps() {
    assertRefused(jvm(open), "unable to find valid certification path", "`redis.tls.ca`");
    assertRefused(
        jvm(open).setting("redis.tls.ca", file("other-ca.pem")), "", "Set `redis.tls.ca` to");
  }

  @Test
  void aCertificateForAnotherHostIsRefusedUnlessItsNameIsExpected() {
    int port = TestRedis.freePort();
    try (TestRedis redis = startRedis(port, "misnamed", "no")) {
      assertTrue(redis.port() > 0);
      assertRefused(
          jvm(port).setting("redis.tls.ca", file("ca.pem")), "", "`redis.tls.server-name`");
      assertCaches(
          jvm(port)
              .setting("redis.tls.ca", file("ca.pem"))
              .setting("redis.tls.server-name", "cache.example.com"));
      assertCaches(
          jvm(port)
              .setting("redis.uri", "rediss://localhost:" + port + "?verifyPeer=CA")
              .setting("redis.tls.ca", file("ca.pem")));
    }
  }

  @Test
  void theExpectedNameTakesThePlaceOfTheHosts() {
    assertRefused(
        jvm(open)
            .setting("redis.tls.ca", file("ca.pem"))
            .setting("redis.tls.server-name", "cache.example.com"),
        "",
        "`redis.tls.server-name`");
  }

  @Test
  void anExpiredCertificateIsRefused() {
    int port = TestRedis.freePort();
    try (TestRedis redis = startRedis(port, "expired", "no")) {
      assertTrue(redis.port() > 0);
      assertRefused(jvm(port).setting("redis.tls.ca", file("ca.pem")), "", "Renew the certificate");
    }
  }

  @ParameterizedTest
  @CsvSource({"client-key.pem,", "client-key-encrypted.pem,correct-horse"})
  void aClientShowsItsCertificate(String key, String password) {
    Jvm jvm = withCertificate(key);
    assertCaches(password == null ? jvm : jvm.setting("redis.tls.key-password", password));
  }

  @Test
  void aClientWithoutACertificateIsToldToGetOne() {
    assertRefused(
        jvm(closed).setting("redis.tls.ca", file("ca.pem")), "", "`redis.tls.certificate`");
  }

  @Test
  void aWrongPasswordOfTheKeyIsNamedAndNotShown() {
    Jvm jvm =
        withCertificate("client-key-encrypted.pem")
            .setting("redis.tls.key-password", "wrong-horse");
    assertFalse(
        assertRefused(jvm, "", "`redis.tls.key-password`").toString().contains("wrong-horse"));
  }

  @Test
  void aRedisWithoutTlsIsNamed() {
    assertRefused(
        jvm(anyClient.port())
            .setting("redis.tls.ca", file("ca.pem"))
            .setting("redis.connect-timeout", "3s"),
        "handshake timed out",
        "Maybe Redis does not speak TLS at this port");
  }

  /** As cert-manager and Vault do: the file is another one at once. */
  @Test
  void renewedFilesAreUsedByTheNextConnection() throws IOException {
    Path ca = Files.copy(FILES.resolve("other-ca.pem"), directory.resolve("ca.pem"));
    try (RunningJvm running = jvm(open).setting("redis.tls.ca", ca.toString()).start()) {
      running.awaitErr("[rediscached] WARN can't connect to Redis");
      Path next = Files.copy(FILES.resolve("ca.pem"), directory.resolve("next.pem"));
      Files.move(next, ca, StandardCopyOption.ATOMIC_MOVE);

      awaitCaching(running);
    }
  }

  @Test
  void mistakesAreReportedAtTheStart() throws IOException {
    String missing = directory.resolve("missing.pem").toString();
    Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");
    try (RunningJvm running =
        jvm(open)
            .setting("redis.tls.ca", missing)
            .setting("redis.tls.certificate", text.toString())
            .setting("redis.tls.key", file("client-key-traditional.pem"))
            .start()) {
      assertEquals("pong", running.ask("ping"));
      List<String> log = running.soFar().log();

      assertEquals(
          List.of(
              "WARN the settings have mistakes; the application runs as if there were no agent.",
              "WARN agent argument: `redis.tls.ca` is \""
                  + missing
                  + "\", a file that does not exist. Write the path of a PEM file.",
              "WARN agent argument: `redis.tls.certificate` is \""
                  + text
                  + "\", a file that has no certificate in PEM form (-----BEGIN CERTIFICATE-----)."
                  + " Convert it with \"openssl x509 -in FILE -out FILE.pem\".",
              "WARN agent argument: `redis.tls.key` is \""
                  + file("client-key-traditional.pem")
                  + "\", a file that has no private key in the PEM form of PKCS#8 (-----BEGIN"
                  + " PRIVATE KEY-----). Convert it with \"openssl pkcs8 -topk8 -in FILE -out"
                  + " FILE.pem\"."),
          log);
    }
  }

  private static Jvm withCertificate(String key) {
    return jvm(closed)
        .setting("redis.tls.ca", file("ca.pem"))
        .setting("redis.tls.certificate", file("client.pem"))
        .setting("redis.tls.key", file(key));
  }

  private static Jvm jvm(int port) {
    return Jvm.of(Outages.class)
        .setting("redis.uri", "rediss://localhost:" + port)
        .setting("redis.timeout", "5s")
        .setting("redis.connect-timeout", "20s")
        .setting("namespace", TestRedis.newNamespace());
  }

  private static String file(String name) {
    return FILES.resolve(name).toString();
  }

  private static TestRedis startRedis(int port, String certificate, String asksClients) {
    return TestRedis.start(
        "--tls-port",
        Integer.toString(port),
        "--tls-cert-file",
        file(certificate + ".pem"),
        "--tls-key-file",
        file("server-key.pem"),
        "--tls-ca-cert-file",
        file("ca.pem"),
        "--tls-auth-clients",
        asksClients);
  }

  private static void assertCaches(Jvm jvm) {
    try (RunningJvm running = jvm.start()) {
      awaitCaching(running);
      assertEquals(List.of(), running.soFar().log());
    }
  }

  /** Says why, and what to do, and lets the method run. */
  private static Outcome assertRefused(Jvm jvm, String reason, String remedy) {
    try (RunningJvm running = jvm.start()) {
      int runs = runs(running, "EUR");
      assertEquals(runs + 1, runs(running, "EUR"));
      String line =
          running.awaitErr("[rediscached] WARN can't connect to Redis at rediss://localhost:");
      assertTrue(line.contains(reason), line);
      assertTrue(line.contains(remedy), line);
      return running.soFar();
    }
  }
}
