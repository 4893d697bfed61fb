package io.github.rediscached.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.plan.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in the settings, which no message shows. */
class SecretsTest {

  private static final byte[] FIRST = random(1);
  private static final byte[] SECOND = random(2);

  /** Letters and digits only, so that with its equal sign it looks like a name. */
  private static final String LIKE_A_NAME = "PqRs0tUv1WxY2zAbC3dEf4GhI5jKl6MnO7pQr8StU9w=";

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Properties systemProperties = new Properties();

  @Test
  void secretsAreAListInTheFileNewestFirst() throws Exception {
    environment.put("NEWEST", base64(FIRST));
    Path file = directory.resolve("retired");
    Files.writeString(file, base64(SECOND) + "\n");
    write("keys: hashed\nvalues:\n  key:\n    - ${NEWEST}\n    - file:" + file + "\n");

    Settings settings = load(null);

    assertEquals(List.of(new Secret(FIRST), new Secret(SECOND)), settings.form().secrets());
    assertTrue(settings.form().hashedKeys());
  }

  @Test
  void elsewhereTheyAreSeparatedByCommas() throws Exception {
    environment.put("REDISCACHED_VALUES_KEY", base64(FIRST) + ", " + base64(SECOND));

    assertEquals(
        List.of(new Secret(FIRST), new Secret(SECOND)), load("keys=hashed").form().secrets());
  }

  @Test
  void anArgumentMayHaveSeveralAlthoughTheyLookLikeNames() throws Exception {
    String list = base64(FIRST) + "," + LIKE_A_NAME + "," + base64(SECOND);

    Settings settings = load("values.key=" + list + ",namespace=shop");

    assertEquals(3, settings.form().secrets().size());
    assertEquals("shop", settings.namespace());
  }

  @Test
  void base64OfUrlsAndHexAreAllowed() throws Exception {
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(FIRST);
    assertEquals(List.of(new Secret(FIRST)), load("values.key=" + url).form().secrets());
    String hex = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
    assertEquals(1, load("values.key=" + hex).form().secrets().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "correct horse battery staple, and more of it than thirty-two",
        "aHVudGVyMmh1bnRlcjJodW50ZXIy",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "changeme",
        "hunter2://hunter2:hunter2@hunter2",
        "hunter2=hunter2",
        "not$base64$but$long$enough$to$be$a$secret$hunter2",
        ""
      })
  void weakOrMalformedSecretsAreRefusedAndNotShown(String bad) throws Exception {
    for (String list : List.of(bad, base64(FIRST) + "," + bad)) {
      systemProperties.setProperty("rediscached.values.key", list);
      assertRefused(bad, list.startsWith(base64(FIRST)) ? "no. 2 of" : "no. 1 of", null);
      systemProperties.clear();

      write("values:\n  key: '" + list + "'\n");
      assertRefused(bad, "`values.key` has a secret", null);
      Files.delete(directory.resolve("rediscached.yaml"));
    }
    assertRefused(bad, "values.key", "values.key=" + bad + ",namespace=a:b");
  }

  @Test
  void aFileWithoutASecretIsRefusedAndNotShown() throws Exception {
    Path file = directory.resolve("secret");
    assertRefused(
        "", "names the file \"" + file + "\", which is not there", "values.key=file:" + file);
    Files.writeString(file, "hunter2");
    assertRefused(
        "hunter2",
        "has a file (no. 1 of 1, not shown here) whose content",
        "values.key=file:" + file);
    Files.write(file, new byte[1 << 17]);
    assertRefused("hunter2", "whose content is not base64", "values.key=file:" + file);
    assertRefused("", "which is not there", "values.key=file:" + directory);
  }

  @Test
  void aListThatIsMisshapenIsRefusedAndNotShown() throws Exception {
    write("values:\n  key:\n    - newest: hunter2\n");
    assertRefused("hunter2", "`values.key` is a map, not a single value", null);
    write("values:\n  key:\n    newest: hunter2\n");
    assertRefused("hunter2", "`values.key` is a map, not a single value", null);
    write("values:\n  key: [hunter2\n");
    assertRefused("hunter2", "not valid YAML", null);
  }

  @Test
  void aSecretThatIsThereTwiceIsRefused() {
    assertRefused(
        base64(FIRST),
        "`values.key` has a secret twice: no. 2 of 2",
        "values.key=" + base64(FIRST) + "," + base64(FIRST));
  }

  @Test
  void hashedKeysNeedASecret() throws Exception {
    write("namespace: shop\nkeys: hashed\n");
    SettingsException e = assertThrows(SettingsException.class, () -> load(null));
    assertEquals(
        directory.resolve("rediscached.yaml")
            + ":2: `keys` is \"hashed\", which needs a secret. Write one to `values.key`, or remove"
            + " `keys`.",
        e.getMessage());
    assertRefused(
        "", "`keys` is \"yes\", neither plain nor hashed. Write one of them.", "keys=yes");
  }

  @Test
  void settingsNeverShowASecret() throws Exception {
    String text = load("values.key=" + base64(FIRST)).toString();

    assertFalse(text.contains(base64(FIRST).substring(0, 10)), text);
    assertTrue(text.contains("secrets=[***]"), text);
  }

  private void assertRefused(String hidden, String shown, @Nullable String argument) {
    SettingsException e = assertThrows(SettingsException.class, () -> load(argument));
    String message = e.getMessage();
    assertTrue(message != null && message.contains(shown), message);
    if (!hidden.isEmpty()) {
      assertFalse(message.contains(hidden), message);
      assertFalse(message.contains("hunter2"), message);
      assertNull(e.getCause());
    }
  }

  private Settings load(@Nullable String agentArgument) throws SettingsException {
    return new SettingsLoader(environment, systemProperties, directory.toFile())
        .load(agentArgument);
  }

  private void write(String text) throws Exception {
    Files.write(directory.resolve("rediscached.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] random(int seed) {
    byte[] bytes = new byte[Secret.MIN_BYTES];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
