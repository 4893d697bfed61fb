package io.github.rediscached.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {

  @ParameterizedTest
  @CsvSource({
    "redis://localhost, localhost, 6379, 0, false",
    "redis://localhost:6380, localhost, 6380, 0, false",
    "rediss://cache.acme-shop.com:1/, cache.acme-shop.com, 1, 0, true",
    "redis+ssl://h, h, 6379, 0, true",
    "redis+tls://h, h, 6379, 0, true",
    "redis://10.0.0.1:65535/3, 10.0.0.1, 65535, 3, false",
    "redis://[::1]:6379, [::1], 6379, 0, false",
    "redis://:secret@h, h, 6379, 0, false",
    "redis://user:s%40c%2Fr%23t@h:6379/2, h, 6379, 2, false",
    "redis://user@h, h, 6379, 0, false",
    "redis://h?db=4, h, 6379, 4, false",
    "redis://h?database=4&clientName=shop;verifyPeer=NONE, h, 6379, 4, false",
  })
  void whatIsAcceptedMeansTheSameToLettuce(
      String text, String host, int port, int database, boolean tls) {
    RedisURI uri = RedisURI.create(RedisUri.check(text));
    assertEquals(host, uri.getHost());
    assertEquals(port, uri.getPort());
    assertEquals(database, uri.getDatabase());
    assertEquals(tls, uri.isSsl());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost| which has no scheme. Write one such as redis://localhost:6379.",
        "localhost:6379| which has no scheme. Write one such as redis://localhost:6379.",
        "redis:/localhost| which has no \"//\" after \"redis:\". Write one such as"
            + " redis://localhost:6379.",
        "redis:localhost| which has no \"//\" after \"redis:\". Write one such as"
            + " redis://localhost:6379.",
        "reds://h| which has an unknown scheme. Did you mean redis://?",
        "REDIS://h| which has an unknown scheme. Did you mean redis://?",
        "http://h| which has an unknown scheme. Write redis://, or rediss:// for TLS.",
        "://h| which has an unknown scheme. Write redis://, or rediss:// for TLS.",
        "redis-sentinel://h:26379| which does not name the master. Write it such as"
            + " redis-sentinel://sentinel-1:26379,sentinel-2:26379#mymaster.",
        "redis-sentinel://h:26379,:1#m| which names no host. Write one such as"
            + " redis://localhost:6379.",
        "redis-sentinel://h:26379,i:0#m| which has a port that is not from 1 to 65535. Redis's own"
            + " port is 6379.",
        "redis-sentinel://h,a b#m| which has a host with a character that has no place there. Host"
            + " names consist of letters, digits, \"-\" and \".\".",
        "redis+socket://h/tmp/redis| which has a host before the path of the socket. Write it such"
            + " as redis+socket:///run/redis/redis.sock.",
        "unix://| which names no socket. Write it such as redis+socket:///run/redis/redis.sock.",
        "redis://| which names no host. Write one such as redis://localhost:6379.",
        "redis:///0| which names no host. Write one such as redis://localhost:6379.",
        "redis://:6379| which names no host. Write one such as redis://localhost:6379.",
        "redis://h:0| which has a port that is not from 1 to 65535. Redis's own port is 6379.",
        "redis://h:65536| which has a port that is not from 1 to 65535. Redis's own port is 6379.",
        "redis://h:99999999999| which has a port that is not from 1 to 65535. Redis's own port is"
            + " 6379.",
        "redis://h:| which has a port that is not from 1 to 65535. Redis's own port is 6379.",
        "redis://h:1,i:0| which has a port that is not from 1 to 65535. Redis's own port is 6379.",
        "redis://h:1,| which names no host. Write one such as redis://localhost:6379.",
        "redis://h/x| which has a database that is not a number. Write it such as"
            + " redis://localhost:6379/0, or leave it out.",
        "redis://h/-1| which has a database that is not a number. Write it such as"
            + " redis://localhost:6379/0, or leave it out.",
        "redis://h/99999999999| which has a database that is not a number. Write it such as"
            + " redis://localhost:6379/0, or leave it out.",
        // Lettuce would take "my_host:6379" as the host's name.
        "redis://my_host:6379| which has a host or a password with a character that has no place"
            + " there. Host names consist of letters, digits, \"-\" and \".\"; in a password write"
            + " special characters as %XX.",
        "redis://h h| which is not a URI. Write one such as redis://localhost:6379, special"
            + " characters as %XX.",
        "redis://[::1| which is not a URI. Write one such as redis://localhost:6379, special"
            + " characters as %XX.",
      })
  void mistakesAreExplained(String text, String message) {
    assertEquals(
        "is \"" + text + "\", " + message,
        assertThrows(IllegalArgumentException.class, () -> RedisUri.check(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://h?db=x| redis://h?db=***| has a database that is not a number. Write it such as"
            + " redis://localhost:6379/0, or leave it out.",
        "redis://h?databse=3| redis://h?***| has the unknown parameter \"databse\". Did you mean"
            + " database?",
        "redis://h?db=1;foo&bar| redis://h?db=***;***&***| has an unknown parameter. Known are"
            + " database, clientName and verifyPeer; a password stands before the host, such as"
            + " redis://:password@localhost:6379.",
        "redis://h?timeout=5s| redis://h?***| has a timeout. Write it as the setting"
            + " redis.timeout.",
        "redis://h?verifyPeer=no| redis://h?verifyPeer=***| has an unknown value of verifyPeer."
            + " Write FULL, CA or NONE.",
        "redis://h?clientName=a%20b| redis://h?clientName=***| has a client name that Redis does"
            + " not accept. Write it in ASCII letters, without spaces.",
        "redis://h#x| redis://h#***| has a \"#\". Remove it, or write it as %23.",
      })
  void mistakesInParametersAreExplainedWithoutTheirValues(
      String text, String shown, String message) {
    assertEquals(
        "is \"" + shown + "\", which " + message,
        assertThrows(IllegalArgumentException.class, () -> RedisUri.check(text)).getMessage());
  }

  @Test
  void anEmptyUriIsExplained() {
    assertEquals(
        "is empty. Write one such as redis://localhost:6379.",
        assertThrows(IllegalArgumentException.class, () -> RedisUri.check("")).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:secret@h:0",
        "redis://u:secret@",
        "redis://:secret@:6379",
        "redis://:sec@secret@h",
        "redis://:sec/secret@h",
        "redis://:sec#secret@h",
        "redis://:sec?secret@h",
        "redis://u:%zzsecret@h",
        "redis://u:sec secret@h",
        "redis://u:secret@my_host:6379",
        "redis:/u:secret@h",
        "u:secret@h",
        "reds://u:secret@h",
        "redis://default:secret",
        "redis://default:secret/0",
        "redis://u:secret@h,:i",
        "redis://u:secret@h?foo",
        "redis-sentinel://secret@h",
        "redis-sentinel://h:26379,i:0#secret secret",
        "redis+socket://secret@h/tmp/redis",
        "redis://localhost:6379?password=secret",
        "redis://localhost:6379?secret",
        "redis://localhost:6379?secret=",
        "redis://localhost:6379?auth=secret&db=0",
        "redis://localhost:6379?db=secret",
        "redis://localhost:6379?db=0&clientName=%20secret",
        "redis://localhost:6379?password=sec@secret",
        "redis://localhost:6379#secret",
        "redis://localhost:6379?db=0#secret",
        "redis://secret:localhost",
        "redis://secret:localhost:6379",
        "redis://user:secret:localhost:6379",
        "redis://u@h:secret",
        "localhost:6379:secret",
        "localhost:secret",
        "redis:localhost:6379:secret",
        "localhost?password=secret",
      })
  void noMistakeShowsThePassword(String text) {
    Exception mistake =
        assertThrows(IllegalArgumentException.class, () -> RedisUri.check(text), text);
    assertFalse(String.valueOf(mistake.getMessage()).contains("secret"), mistake.getMessage());
    assertTrue(String.valueOf(mistake.getMessage()).contains("***"), mistake.getMessage());
    assertEquals(null, mistake.getCause());
  }

  @ParameterizedTest
  @CsvSource({
    "redis://user:secret@h:6379/1, redis://***@h:6379/1",
    "redis://secret@h, redis://***@h",
    "redis://h:6379/1, redis://h:6379/1",
    "redis://h, redis://h",
    "redis://[::1]:6379, redis://[::1]:6379",
    "redis://u:secret@h:1?db=4&a=b&verifyPeer=FULL;c#d,"
        + " redis://***@h:1?db=***&***&verifyPeer=***;***#***",
    "redis://default:secret, redis://***",
    "redis://secret:h:6379/0, redis://***/0",
    "redis://[::1]:secret, redis://***",
    "'redis://h:1,[::1]:2', 'redis://h:1,[::1]:2'",
    "'redis://h:1,secret:h', redis://***",
    "localhost:6379, localhost:6379",
    "localhost:6379:secret, localhost:6379:***",
    "redis:localhost:6379:secret, redis:localhost:6379:***",
    "redis:/localhost, redis:/localhost",
    "no uri, no uri",
    "'', ''",
  })
  void aRedactedUriShowsTheRest(String text, String redacted) {
    assertEquals(redacted, RedactedUri.of(text));
  }
}
