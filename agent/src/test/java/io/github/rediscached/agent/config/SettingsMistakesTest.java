package io.github.rediscached.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users read after a mistake, word by word. {@code FILE} stands for the file's path. */
class SettingsMistakesTest {

  private static final String KNOWN =
      "config, enabled, namespace, redis.uri, redis.timeout, redis.connect-timeout, redis.mode, redis.tls.ca,"
          + " redis.tls.certificate, redis.tls.key, redis.tls.key-password, redis.tls.server-name,"
          + " redis.credentials, redis.credentials-refresh, redis.sentinel.user,"
          + " redis.sentinel.password, defaults.ttl, defaults.ttl-jitter, defaults.max-value-size,"
          + " defaults.compress-over, near.enabled, near.max-size, near.ttl, values.data,"
          + " values.refused, values.allowed, values.key, keys,"
          + " load-wait, pattern-wait, report-unmatched-after";

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Properties systemProperties = new Properties();

  /** What is written, and the lines of the message. */
  private record Mistake(String written, List<String> message) {

    Mistake(String written, String... message) {
      this(written, List.of(message));
    }
  }

  static List<Mistake> inFiles() {
    String syntax = " Check indentation, brackets and quotes here and in the line before.";
    return List.of(
        // Not YAML.
        new Mistake(
            "namespace: a: b",
            "FILE:1: The file is not valid YAML: mapping values are not allowed here." + syntax),
        new Mistake(
            "redis:\n\turi: redis://h",
            "FILE:2: The file is not valid YAML: found character '\\t(TAB)' that cannot start any"
                + " token. Write spaces in place of the tab."),
        new Mistake(
            "\n\nredis: {uri: x",
            "FILE:3: The file is not valid YAML: expected ',' or '}', but got <stream end>."
                + syntax),
        new Mistake(
            "namespace: 'x",
            "FILE:1: The file is not valid YAML: found unexpected end of stream." + syntax),
        new Mistake(
            "namespace: @x",
            "FILE:1: The file is not valid YAML: found character '@' that cannot start any token."
                + " Put a value that begins with this character in quotes."),
        new Mistake(
            "caches:\n- method: *.find(..)",
            "FILE:2: The file is not valid YAML: unexpected character found .(46). Put a value that"
                + " begins with \"*\" or \"&\" in quotes."),
        new Mistake(
            "a: b\nnamespace: a\0b",
            "FILE:2: The file has a character that YAML does not allow. Remove it."),
        new Mistake(
            "%YAML 3.0\n---\nnamespace: b",
            "FILE:1: The file asks for another version of YAML. Remove the line \"%YAML\"."),
        new Mistake(
            "namespace: a\n---\nnamespace: b",
            "FILE:3: A second document begins here. Remove the line \"---\" before it."),
        // Not the right shape.
        new Mistake(
            "hello",
            "FILE:1: The file is a text, not a map of settings. Write lines such as"
                + " \"namespace: shop\"."),
        new Mistake(
            "# rules\n- a",
            "FILE:2: The file is a list, not a map of settings. Write lines such as"
                + " \"namespace: shop\"."),
        new Mistake(
            "namespace: [a]\nenabled: {a: b}\nredis: 5\ndefaults: [1]\ncaches: x",
            "FILE:1: `namespace` is a list, not a single value. Write one.",
            "FILE:2: `enabled` is a map, not a single value. Write one.",
            "FILE:3: `redis` is a text, not a map. Write its settings below it, each indented.",
            "FILE:4: `defaults` is a list, not a map. Write its settings below it, each indented.",
            "FILE:5: `caches` is a text, not a list. Begin each rule with \"- method:\"."),
        new Mistake(
            "caches: {method: com.acme.A.a()}",
            "FILE:1: `caches` is a map, not a list. Begin each rule with \"- method:\"."),
        new Mistake(
            "caches:\n- a\n- [b]\n-",
            "FILE:2: A rule is a text, not a map. Write it such as \"- method:"
                + " com.acme.Products.find(..)\".",
            "FILE:3: A rule is a list, not a map. Write it such as \"- method:"
                + " com.acme.Products.find(..)\".",
            "FILE:4: A rule is empty, not a map. Write it such as \"- method:"
                + " com.acme.Products.find(..)\"."),
        new Mistake("? [a, b]\n: c", "FILE:1: A name is a list, not a text. Write a name."),
        new Mistake(
            "namespace:\nenabled: ''",
            "FILE:1: `namespace` has no value. Write one, in quotes if it begins with \"#\", or"
                + " remove the line.",
            "FILE:2: `enabled` is \"\", neither true nor false. Write one of them."),
        // Cycles: never followed.
        new Mistake(
            "caches: &c [*c]",
            "FILE:1: A rule is a list, not a map. Write it such as \"- method:"
                + " com.acme.Products.find(..)\"."),
        new Mistake(
            "redis: &r {redis: *r}",
            "FILE:1: `redis.redis` is no setting. Known are "
                + KNOWN
                + ", caches, evictions, http."),
        new Mistake("? &k {*k : 1}\n: 2", "FILE:1: A name is a map, not a text. Write a name."),
        // Names.
        new Mistake(
            "namespace: a\nnamespace: b",
            "FILE:2: `namespace` is given twice, first in line 1. Remove one of them."),
        new Mistake(
            "redis:\n  timeout: 1s\nredis.timeout: 2s",
            "FILE:3: `redis.timeout` is given twice, first in line 2. Remove one of them."),
        new Mistake(
            "redis:\n  timout: 1s\n  near: x\nttl: 5m\ncache: []\nzzz: 1\nconfig: x",
            "FILE:2: `redis.timout` is no setting. Did you mean `redis.timeout`?",
            "FILE:3: `redis.near` is no setting. Known are " + KNOWN + ", caches, evictions, http.",
            "FILE:4: `ttl` is no setting. Did you mean `defaults.ttl`?",
            "FILE:5: `cache` is no setting. Did you mean `caches`?",
            "FILE:6: `zzz` is no setting. Known are " + KNOWN + ", caches, evictions, http.",
            "FILE:7: `config` says which file to read, so it has no meaning in the file. Remove"
                + " it."),
        new Mistake("reids: {}", "FILE:1: `reids` is no setting. Did you mean `redis`?"),
        new Mistake(
            """
            near: {max-size: 0MB, ttl: 5}
            near.enabled: 5s
            caches:
            - {method: A.b(..), near: no}\
            """,
            "FILE:1: `near.max-size` is \"0MB\", too small. Write a positive size, such as 1MB.",
            "FILE:1: `near.ttl` is \"5\", not a duration. Write a number and a unit, such as 10m.",
            "FILE:2: `near.enabled` is \"5s\", neither true nor false. Write one of them.",
            "FILE:4: `near` is \"no\", neither off nor auto nor a time. Write one of them, such as"
                + " 10s."),
        // Values.
        new Mistake(
            "enabled: yes",
            "FILE:1: `enabled` is \"yes\", neither true nor false. Write one of them."),
        new Mistake(
            "namespace: a:b",
            "FILE:1: `namespace` is \"a:b\", but a colon would make Redis keys ambiguous. Write"
                + " \".\", \"_\" or \"-\" in its place."),
        new Mistake(
            "namespace: a b",
            "FILE:1: `namespace` is \"a b\", which has \" \". Write only letters (a to z), digits,"
                + " \".\", \"_\" and \"-\"."),
        new Mistake(
            "namespace: 🛒",
            "FILE:1: `namespace` is \"🛒\", which has \"🛒\". Write only letters (a to z), digits,"
                + " \".\", \"_\" and \"-\"."),
        new Mistake(
            "namespace: \"a\\nb\\u2028\\a\"",
            "FILE:1: `namespace` is \"a\\n"
                + "b\\u2028\\u0007\", which has \"\\n"
                + "\". Write only letters (a to z), digits, \".\", \"_\" and \"-\"."),
        new Mistake(
            "redis:\n  uri: redis:/localhost\n  timeout: 1 sec\n  connect-timeout: 0s",
            "FILE:2: `redis.uri` is \"redis:/localhost\", which has no \"//\" after \"redis:\"."
                + " Write one such as redis://localhost:6379.",
            "FILE:3: `redis.timeout` is \"1 sec\", not a duration. Write a number and a unit, such"
                + " as 10m.",
            "FILE:4: `redis.connect-timeout` is \"0s\", too short. Write at least 1ms."),
        new Mistake(
            "redis: {timeout: 2h}",
            "FILE:1: `redis.timeout` is \"2h\", too long. Write at most 1h."),
        new Mistake(
            "defaults: {ttl: -5m, ttl-jitter: 110%, max-value-size: -1}",
            "FILE:1: `defaults.ttl` is \"-5m\", a negative duration. Write a positive one, such as"
                + " 10m.",
            "FILE:1: `defaults.ttl-jitter` is \"110%\", more than 100%. Write a share such as 10%"
                + " or 0.1.",
            "FILE:1: `defaults.max-value-size` is \"-1\", not a size. Write bytes, such as 2048, or"
                + " a number with KB, MB or GB, such as 1MB."),
        new Mistake(
            "defaults: {ttl: 0s, ttl-jitter: NaN, max-value-size: 0}",
            "FILE:1: `defaults.ttl` is \"0s\", too short. Write at least 1ms.",
            "FILE:1: `defaults.ttl-jitter` is \"NaN\", not a share from 0 to 100%. Write one such"
                + " as 10% or 0.1.",
            "FILE:1: `defaults.max-value-size` is \"0\", too small. Write a positive size, such as"
                + " 1MB."),
        new Mistake(
            "defaults: {ttl: 99999999d, ttl-jitter: 1.5, max-value-size: 99999999999999999999GB}",
            "FILE:1: `defaults.ttl` is \"99999999d\", too long. Write at most 36500d.",
            "FILE:1: `defaults.ttl-jitter` is \"1.5\", more than 100%. Write a share such as 10% or"
                + " 0.1.",
            "FILE:1: `defaults.max-value-size` is \"99999999999999999999GB\", too large. Write at"
                + " most 512MB, Redis's own limit."),
        new Mistake(
            "defaults: {ttl: 5, ttl-jitter: ., max-value-size: 1 XB}",
            "FILE:1: `defaults.ttl` is \"5\", not a duration. Write a number and a unit, such as"
                + " 10m.",
            "FILE:1: `defaults.ttl-jitter` is \".\", not a share from 0 to 100%. Write one such as"
                + " 10% or 0.1.",
            "FILE:1: `defaults.max-value-size` is \"1 XB\", not a size. Write bytes, such as 2048,"
                + " or a number with KB, MB or GB, such as 1MB."),
        // Rules.
        new Mistake(
            "caches:\n- cache: products\n  ttl: 5m",
            "FILE:2: The rule has no `method`. Write which methods it is for, such as"
                + " com.acme.Products.find(..)."),
        new Mistake(
            """
            caches:
            - method: com.acme.A.b
              ttl: 0s
              key: #id
              condition: ''
              cache: a:b
              cacheNull: yes
              cache-null: yes
              cached-exceptions: {java.io.IOException: 1}
            - method:
              tags: ['']
              near: true
              refresh-after: 0s
              stale-on-error: 5
              tll: 5s
              foo: bar
              cached-exceptions: [a..b, 'x y', {a: b}, ~, '']
              tll: 6s
            """,
            "FILE:2: `method` is \"com.acme.A.b\", which has no parameters. Write com.acme.A.b(..)"
                + " for any parameters.",
            "FILE:3: `ttl` is \"0s\", too short. Write at least 1ms.",
            "FILE:4: `key` has no value. Write one, in quotes if it begins with \"#\", or remove"
                + " the line.",
            "FILE:5: `condition` is empty. Write a value or remove it.",
            "FILE:6: `cache` is \"a:b\", but colons, braces and control characters would make keys"
                + " ambiguous. Write a name without them.",
            "FILE:7: `cacheNull` is no option of a rule. Did you mean `cache-null`?",
            "FILE:8: `cache-null` is \"yes\", neither true nor false. Write one of them.",
            "FILE:9: `cached-exceptions` is a map, not a list. Write one such as [first, second].",
            "FILE:10: `method` has no value. Write one, in quotes if it begins with \"#\", or"
                + " remove the line.",
            "FILE:11: `tags` is empty. Write a value or remove it.",
            "FILE:12: `near` is \"true\", neither off nor auto nor a time. Write one of them, such"
                + " as 10s.",
            "FILE:13: `refresh-after` is \"0s\", too short. Write at least 1ms.",
            "FILE:14: `stale-on-error` is \"5\", not a duration. Write a number and a unit, such as"
                + " 10m.",
            "FILE:15: `tll` is no option of a rule. Did you mean `ttl`?",
            "FILE:16: `foo` is no option of a rule. Known are method, cache, ttl, key, condition,"
                + " unless, cache-null, cached-exceptions, tags, refresh-after, stale-on-error,"
                + " near, near.share.",
            "FILE:17: `cached-exceptions` has \"a..b\", not a class name. Write full names, such as"
                + " java.io.IOException.",
            "FILE:17: `cached-exceptions` has \"x y\", not a class name. Write full names, such as"
                + " java.io.IOException.",
            "FILE:17: `cached-exceptions` is a map, not a single value. Write one.",
            "FILE:17: `cached-exceptions` has no value. Write one, in quotes if it begins with"
                + " \"#\", or remove the line.",
            "FILE:17: `cached-exceptions` has \"\", not a class name. Write full names, such as"
                + " java.io.IOException.",
            "FILE:18: `tll` is given twice, first in line 15. Remove one of them."),
        new Mistake(
            "caches:\n- method: com.acme.A.b(..)\n- method: com.acme.A.b(..)",
            "FILE:3: `method` is \"com.acme.A.b(..)\", which has a rule in line 2 already. Remove"
                + " one of the two."),
        new Mistake(
            "caches:\n- {method: com.acme.A.b(..), ttl: 5m, refresh-after: 5m}",
            "FILE:2: `refresh-after` is PT5M, not shorter than `ttl` (PT5M), so nothing would ever"
                + " be refreshed. Write a shorter one, such as half of it."),
        // Evictions.
        new Mistake(
            "evictions: com.acme.A.b(..)",
            "FILE:1: `evictions` is a text, not a list. Begin each rule with \"- method:\"."),
        new Mistake(
            """
            evictions:
            - cache: products
            - method: com.acme.A.b(..)
            - {method: com.acme.A.b(..), key: '#id'}
            - {method: com.acme.A.b(..), all-entries: true, tags: [a]}
            - {method: com.acme.A.b(..), cache: a, all-entries: true, key: '#id'}
            - {method: com.acme.A.b(..), cache: a, before-invocation: true, on-exception: true}
            - method: com.acme.A.b
              tagz: [a]
              keyPattern: a
              all-entries: yes
              ttl: 5m
              tags: {a: b}
            """,
            "FILE:2: The rule has no `method`. Write which methods it is for, such as"
                + " com.acme.Products.find(..).",
            "FILE:3: an eviction has none of `cache`, `tags` and `key-pattern`, so it says not what"
                + " to evict. Write one of them.",
            "FILE:4: `key` needs `cache`, the name of the cache that the entry is in. Write both.",
            "FILE:5: `all-entries` needs `cache`, the name of the cache to empty. Write both.",
            "FILE:6: `all-entries` empties the cache, whatever `key` says. Remove one of the two.",
            "FILE:7: `on-exception` is about what happens after the method, but `before-invocation`"
                + " is set. Remove one of the two.",
            "FILE:8: `method` is \"com.acme.A.b\", which has no parameters. Write com.acme.A.b(..)"
                + " for any parameters.",
            "FILE:9: `tagz` is no option of an eviction. Did you mean `tags`?",
            "FILE:10: `keyPattern` is no option of an eviction. Did you mean `key-pattern`?",
            "FILE:11: `all-entries` is \"yes\", neither true nor false. Write one of them.",
            "FILE:12: `ttl` is no option of an eviction. Known are method, cache, key, tags,"
                + " key-pattern, all-entries, before-invocation, on-exception, condition.",
            "FILE:13: `tags` is a map, not a list. Write one such as [first, second]."),
        // HTTP rules.
        new Mistake(
            "http: {path: /a}",
            "FILE:1: `http` is a map, not a list. Begin each rule with \"- path:\"."),
        new Mistake(
            "http:\n- /a\n-",
            "FILE:2: A rule is a text, not a map. Write it such as \"- path: /api/products/{id}\".",
            "FILE:3: A rule is empty, not a map. Write it such as \"- path: /api/products/{id}\"."),
        new Mistake("htp: []", "FILE:1: `htp` is no setting. Did you mean `http`?"),
        new Mistake(
            """
            http:
            - ttl: 60s
            - path: api/products
            - path: ''
            - path: http://u:secret@shop/api
            - path: /api/{id/items
            - path: /api/{a}/{b{c}
            - path: /api/id}
            - path: /api/}{
            - path: /api/**/items
            - path: /api/***
            - path:
            - path: [/a, /b]
            """,
            "FILE:2: The rule has no `path`. Write which paths it is for, such as"
                + " /api/products/{id}.",
            "FILE:3: `path` is \"api/products\", which does not begin with \"/\". Write one such as"
                + " /api/products/{id}.",
            "FILE:4: `path` is \"\", which does not begin with \"/\". Write one such as"
                + " /api/products/{id}.",
            "FILE:5: `path` is \"http://***@shop/api\", which does not begin with \"/\". Write one"
                + " such as /api/products/{id}.",
            "FILE:6: `path` is \"/api/{id/items\", which has a \"{\" without \"}\". Write one such"
                + " as /api/products/{id}.",
            "FILE:7: `path` is \"/api/{a}/{b{c}\", which has a \"{\" without \"}\". Write one such"
                + " as /api/products/{id}.",
            "FILE:8: `path` is \"/api/id}\", which has a \"}\" without \"{\". Write one such as"
                + " /api/products/{id}.",
            "FILE:9: `path` is \"/api/}{\", which has a \"}\" without \"{\". Write one such as"
                + " /api/products/{id}.",
            "FILE:10: `path` is \"/api/**/items\", but \"**\" stands only at the end. Write \"*\""
                + " for a part of one segment.",
            "FILE:11: `path` is \"/api/***\", but \"**\" stands only at the end. Write \"*\" for"
                + " a part of one segment.",
            "FILE:12: `path` has no value. Write one, in quotes if it begins with \"#\", or remove"
                + " the line.",
            "FILE:13: `path` is a list, not a single value. Write one."),
        new Mistake(
            """
            http:
            - path: /a
              cache: a:b
              ttl: 0s
              tags: {a: b}
              vary: [Accept Language, "Accept:", '', "*", X-Größe, 'Accept, Origin', "a\\tb"]
              query: [page, '*', '']
              query: []
              ignore-headers: ['*', 'X-*', 'X;']
            - path: /b
              query:
              statuses: [200, 399, 600, 4xx, -404, '0404', ٤٠٤, al]
              stale-while-revalidate: -1s
              stale-on-error: 36501d
              request-directives: honor
              cache-status: yes
              near: no
            """,
            "FILE:3: `cache` is \"a:b\", but colons, braces and control characters would make keys"
                + " ambiguous. Write a name without them.",
            "FILE:4: `ttl` is \"0s\", too short. Write at least 1ms.",
            "FILE:5: `tags` is a map, not a list. Write one such as [first, second].",
            "FILE:6: `vary` has \"Accept Language\", but a header's name has no \" \". Write names"
                + " such as [Accept, Accept-Language].",
            "FILE:6: `vary` has \"Accept:\", but a header's name has no \":\". Write names such as"
                + " [Accept, Accept-Language].",
            "FILE:6: `vary` has \"\", which names no header. Write names such as [Accept,"
                + " Accept-Language].",
            "FILE:6: `vary` has \"*\", but \"*\" in a name is no wildcard. Write each name in"
                + " full.",
            "FILE:6: `vary` has \"X-Größe\", but a header's name has no \"ö\". Write names such as"
                + " [Accept, Accept-Language].",
            "FILE:6: `vary` has \"Accept, Origin\", but a header's name has no \",\". Write names"
                + " such as [Accept, Accept-Language].",
            "FILE:6: `vary` has \"a\\tb\", but a header's name has no \"\\t\". Write names such as"
                + " [Accept, Accept-Language].",
            "FILE:7: `query` has \"*\", but all parameters belong to the key where the option is"
                + " missing. Remove it, or write names.",
            "FILE:7: `query` is empty. Write a value or remove it.",
            "FILE:8: `query` is given twice, first in line 7. Remove one of them.",
            "FILE:9: `ignore-headers` has \"X-*\", but \"*\" in a name is no wildcard. Write each"
                + " name in full.",
            "FILE:9: `ignore-headers` has \"X;\", but a header's name has no \";\". Write names"
                + " such as [Accept, Accept-Language].",
            "FILE:11: `query` is empty, not a list. Write one such as [first, second].",
            "FILE:12: `statuses` has \"200\", not the status of an error. Write numbers from 400 to"
                + " 599, or all.",
            "FILE:12: `statuses` has \"399\", not the status of an error. Write numbers from 400 to"
                + " 599, or all.",
            "FILE:12: `statuses` has \"600\", not the status of an error. Write numbers from 400 to"
                + " 599, or all.",
            "FILE:12: `statuses` has \"4xx\", not the status of an error. Write numbers from 400 to"
                + " 599, or all.",
            "FILE:12: `statuses` has \"-404\", not the status of an error. Write numbers from 400"
                + " to 599, or all.",
            "FILE:12: `statuses` has \"0404\", not the status of an error. Write numbers from 400"
                + " to 599, or all.",
            "FILE:12: `statuses` has \"٤٠٤\", not the status of an error. Write numbers from 400 to"
                + " 599, or all.",
            "FILE:12: `statuses` has \"al\", not the status of an error. Write numbers from 400 to"
                + " 599, or all.",
            "FILE:13: `stale-while-revalidate` is \"-1s\", a negative duration. Write a positive"
                + " one, such as 10m.",
            "FILE:14: `stale-on-error` is \"36501d\", too long. Write at most 36500d.",
            "FILE:15: `request-directives` is \"honor\", neither honour nor ignore. Write one of"
                + " them.",
            "FILE:16: `cache-status` is \"yes\", neither true nor false. Write one of them.",
            "FILE:17: `near` is \"no\", neither off nor auto nor a time. Write one of them, such as"
                + " 10s."),
        new Mistake(
            """
            http:
            - path: /a
              key:
              - user
              - Principal
              - principal:name
              - session:id
              - header
              - 'header: X-Tenant'
              - haeder:X-Tenant
              - cookie:the=me
              - cookie:*
              - cokie
              - hader://u:secret@h
              - header: X-Tenant
              - ''
            """,
            "FILE:4: `key` has \"user\", which is unknown. Write principal, session, header:name or"
                + " cookie:name.",
            "FILE:5: `key` has \"Principal\", which is unknown. Did you mean principal?",
            "FILE:6: `key` has \"principal:name\", but principal has no name. Write principal"
                + " alone.",
            "FILE:7: `key` has \"session:id\", but session has no name. Write session alone.",
            "FILE:8: `key` has \"header\", which names no header. Write one such as header:name.",
            "FILE:9: `key` has \"header: X-Tenant\", but a header's name has no \" \". Write one"
                + " such as header:name.",
            "FILE:10: `key` has \"haeder:X-Tenant\", which is unknown. Did you mean header:name?",
            "FILE:11: `key` has \"cookie:the=me\", but a cookie's name has no \"=\". Write one such"
                + " as cookie:name.",
            "FILE:12: `key` has \"cookie:*\", but \"*\" in a name is no wildcard. Write each name"
                + " in full.",
            "FILE:13: `key` has \"cokie\", which is unknown. Did you mean cookie:name?",
            "FILE:14: `key` has \"hader://***@h\", which is unknown. Did you mean header:name?",
            "FILE:15: `key` is a map, not a single value. Write one.",
            "FILE:16: `key` has \"\", which is unknown. Write principal, session, header:name or"
                + " cookie:name."),
        new Mistake(
            """
            http:
            - {path: /a, method: A.b(..), tll: 1s, varies: [a], ignoreHeaders: [a], zzz: 1}
            """,
            "FILE:2: `method` is no option of an HTTP rule. Known are path, cache, ttl, tags, vary,"
                + " query, key, also-store, statuses, ignore-headers, stale-while-revalidate,"
                + " stale-on-error, request-directives, cache-status, near.",
            "FILE:2: `tll` is no option of an HTTP rule. Did you mean `ttl`?",
            "FILE:2: `varies` is no option of an HTTP rule. Known are path, cache, ttl, tags, vary,"
                + " query, key, also-store, statuses, ignore-headers, stale-while-revalidate,"
                + " stale-on-error, request-directives, cache-status, near.",
            "FILE:2: `ignoreHeaders` is no option of an HTTP rule. Did you mean `ignore-headers`?",
            "FILE:2: `zzz` is no option of an HTTP rule. Known are path, cache, ttl, tags, vary,"
                + " query, key, also-store, statuses, ignore-headers, stale-while-revalidate,"
                + " stale-on-error, request-directives, cache-status, near."),
        new Mistake(
            """
            http:
            - path: /a/{id}
            - path: /redis://u:secret@h
            - path: /a/{id}
              ttl: 5s
            - path: /redis://u:secret@h
            """,
            "FILE:4: `path` is \"/a/{id}\", which has a rule in line 2 already. Remove one of the"
                + " two.",
            "FILE:6: `path` is \"/redis://***@h\", which has a rule in line 3 already. Remove one"
                + " of the two."),
        new Mistake(
            """
            http:
            - {path: /a, statuses: [404, all]}
            - {path: /b, ignore-headers: [X-Request-Id, '*']}
            - {path: /c, vary: [Origin, X-Shop], ignore-headers: [x-shop]}
            - {path: /d, key: [session, 'header:X-Tenant'], ignore-headers: [X-Tenant]}
            - {path: e, statuses: [all, all]}
            """,
            "FILE:2: `statuses` has all besides others. Write all alone, or only numbers.",
            "FILE:3: `ignore-headers` has \"*\", which means all, besides others. Write \"*\""
                + " alone, or only names.",
            "FILE:4: `ignore-headers` has \"x-shop\", a header that belongs to the key because of"
                + " `vary`. Remove it from one of the two.",
            "FILE:5: `ignore-headers` has \"X-Tenant\", a header that belongs to the key because of"
                + " `key`. Remove it from one of the two.",
            "FILE:6: `path` is \"e\", which does not begin with \"/\". Write one such as"
                + " /api/products/{id}.",
            "FILE:6: `statuses` has all besides others. Write all alone, or only numbers."),
        // References to the environment.
        new Mistake(
            "namespace: ${NOPE}\nredis:\n  timeout: ${A:100ms}\n  connect-timeout: ${\n"
                + "defaults: {ttl: '${}', max-value-size: '${A:-${B}}'}",
            "FILE:1: `namespace` needs the environment variable NOPE, which is not set. Set it, or"
                + " write a default: ${NOPE:-default}.",
            "FILE:3: `redis.timeout` has \"${A:***}\", which is no reference to a variable. Write"
                + " ${NAME} or ${NAME:-default}.",
            "FILE:4: `redis.connect-timeout` has a \"${\" without \"}\". Write ${NAME} or"
                + " ${NAME:-default}.",
            "FILE:5: `defaults.ttl` has \"${}\", which is no reference to a variable. Write ${NAME}"
                + " or ${NAME:-default}.",
            "FILE:5: `defaults.max-value-size` has \"${A:***}\", which is no reference to a"
                + " variable. Write ${NAME} or ${NAME:-default}."),
        // Passwords, wherever they are.
        new Mistake(
            "namespace: redis://u:secret@h\nenabled: redis://u:secret@h\n"
                + "redis: redis://u:secret@h",
            "FILE:1: `namespace` is \"redis://***@h\", but a colon would make Redis keys ambiguous."
                + " Write \".\", \"_\" or \"-\" in its place.",
            "FILE:2: `enabled` is \"redis://***@h\", neither true nor false. Write one of them.",
            "FILE:3: `redis` is a text, not a map. Write its settings below it, each indented."),
        new Mistake(
            "redis.uri: ${REDIS:redis://u:secret@h}",
            "FILE:1: `redis.uri` has \"${REDIS:redis://***@h}\", which is no reference to a"
                + " variable. Write ${NAME} or ${NAME:-default}."),
        new Mistake(
            "redis:\n  uri: *secret",
            "FILE:2: The file is not valid YAML: found undefined alias. Put a value that begins"
                + " with \"*\" or \"&\" in quotes."),
        new Mistake(
            "redis:\n  uri: !secret!x y",
            "FILE:2: The file is not valid YAML: found undefined tag handle." + syntax),
        new Mistake(
            "redis: {redis://u:secret@h: x}",
            "FILE:1: `redis.redis://***@h` is no setting. Known are "
                + KNOWN
                + ", caches, evictions, http."));
  }

  @ParameterizedTest
  @MethodSource("inFiles")
  void mistakesInTheFileAreListedWithTheirLines(Mistake mistake) throws Exception {
    write(mistake.written());
    assertEquals(String.join("\n", mistake.message()), problems(null));
  }

  static List<Mistake> inArguments() {
    return List.of(
        new Mistake(
            "/etc/rediscached.yaml",
            "agent argument: \"/etc/rediscached.yaml\" has no name. Write name=value, such as"
                + " config=/etc/rediscached.yaml."),
        new Mistake(
            "redis://u:secret@h?db=1",
            "agent argument: \"redis://***@h?db=***\" has no name. Write name=value, such as"
                + " config=/etc/rediscached.yaml."),
        new Mistake(
            "=x",
            "agent argument: A part of it has no name. Write name=value, such as"
                + " config=/etc/rediscached.yaml."),
        new Mistake(
            "secret",
            "agent argument: A part of it has no name. Write name=value, such as"
                + " config=/etc/rediscached.yaml."),
        new Mistake(
            "h:6379:secret,namespace=x",
            "agent argument: A part of it has no name. Write name=value, such as"
                + " config=/etc/rediscached.yaml."),
        new Mistake(
            "namespace", "agent argument: `namespace` has no value. Write namespace=value."),
        new Mistake(
            "redis.timout=1s,foo=1,uri=x",
            "agent argument: `foo` is no setting. Known are " + KNOWN + ".",
            "agent argument: `redis.timout` is no setting. Did you mean `redis.timeout`?",
            "agent argument: `uri` is no setting. Did you mean `redis.uri`?"),
        new Mistake(
            "caches=x,near=y,evictions=z,http=a",
            "agent argument: `caches` is known only in the file. Move it there.",
            "agent argument: `evictions` is known only in the file. Move it there.",
            "agent argument: `http` is known only in the file. Move it there.",
            "agent argument: `near` is a group of settings. Write one of near.enabled,"
                + " near.max-size, near.ttl."),
        new Mistake(
            "redis.tls.server-name=cache.example.com,redis.tls.key-password=secret",
            "agent argument: `redis.tls.key-password` has no effect, since `redis.uri` is"
                + " \"redis://localhost:6379\". Let it begin with rediss://, which means TLS, or"
                + " remove this setting.",
            "agent argument: `redis.tls.server-name` has no effect, since `redis.uri` is"
                + " \"redis://localhost:6379\". Let it begin with rediss://, which means TLS, or"
                + " remove this setting.",
            "agent argument: `redis.tls.key-password` is there without `redis.tls.key`. Write both"
                + " or none."),
        new Mistake(
            "redis.uri=rediss://h:0,redis.tls.server-name=a_b,redis.tls.ca=",
            "agent argument: `redis.tls.ca` is empty. Write the path of a PEM file.",
            "agent argument: `redis.tls.server-name` is \"a_b\", not the name of a host. Write one"
                + " such as cache.example.com.",
            "agent argument: `redis.uri` is \"rediss://h:0\", which has a port that is not from 1"
                + " to 65535. Redis's own port is 6379."),
        new Mistake(
            "namespace=a,namespace=b",
            "agent argument: `namespace` is given twice. Remove one of them."),
        new Mistake("config=", "agent argument: `config` is empty. Write a value or remove it."),
        new Mistake(
            "redis.timeout=-5s",
            "agent argument: `redis.timeout` is \"-5s\", a negative duration. Write a positive one,"
                + " such as 10m."));
  }

  @ParameterizedTest
  @MethodSource("inArguments")
  void mistakesInTheAgentArgumentAreListed(Mistake mistake) {
    assertEquals(String.join("\n", mistake.message()), problems(mistake.written()));
  }

  @Test
  void mistakesInSystemPropertiesAreListed() {
    for (String name :
        List.of("redis.timout", "foo", "caches", "near.max-size", "Enabled", "enabled", "")) {
      systemProperties.setProperty("rediscached." + name, "1");
    }
    systemProperties.setProperty("rediscachedd", "not ours");
    String known = "rediscached." + KNOWN.replace(", ", ", rediscached.");
    assertEquals(
        """
        system properties: `rediscached.` is no setting. Known are KNOWN.
        system properties: `rediscached.Enabled` is no setting. Did you mean `rediscached.enabled`?
        system properties: `rediscached.caches` is known only in the file. Move it there.
        system properties: `rediscached.enabled` is "1", neither true nor false. Write one of them.
        system properties: `rediscached.foo` is no setting. Known are KNOWN.
        system properties: `rediscached.redis.timout` is no setting. Did you mean \
        `rediscached.redis.timeout`?\
        """
            .replace("KNOWN", known),
        problems(null));
  }

  @Test
  void mistakesInTheEnvironmentAreListed() {
    for (String name : List.of("REDIS_URL", "REDIS_HOST", "CACHES", "NEAR_MAX_SIZE", "ENABLED")) {
      environment.put("REDISCACHED_" + name, "1");
    }
    environment.put("REDIS_URL", "redi://:secret@h");
    assertEquals(
        """
        environment: `REDISCACHED_CACHES` is known only in the file. Move it there.
        environment: `REDISCACHED_ENABLED` is "1", neither true nor false. Write one of them.
        environment: `REDISCACHED_REDIS_HOST` is no setting. Known are %s.
        environment: `REDISCACHED_REDIS_URL` is no setting. Did you mean `REDISCACHED_REDIS_URI`?
        environment: `REDIS_URL` is "redi://***@h", which has an unknown scheme. Did you mean \
        redis://?\
        """
            .formatted(
                "REDISCACHED_"
                    + KNOWN
                        .toUpperCase(Locale.ROOT)
                        .replace('.', '_')
                        .replace('-', '_')
                        .replace(", ", ", REDISCACHED_")),
        problems(null));
  }

  @Test
  void mistakesInAllPlacesAreListedAtOnceEvenHiddenOnes() throws Exception {
    write("namespace: a:b");
    environment.put("REDISCACHED_NAMESPACE", "a/b");
    systemProperties.setProperty("rediscached.namespace", "a+b");
    String message = problems("namespace=a*b,foo=bar");
    String remedy = " Write only letters (a to z), digits, \".\", \"_\" and \"-\".\n";
    assertEquals(
        ("agent argument: `foo` is no setting. Known are " + KNOWN + ".\n")
            + ("agent argument: `namespace` is \"a*b\", which has \"*\"." + remedy)
            + ("system properties: `rediscached.namespace` is \"a+b\", which has \"+\"." + remedy)
            + ("environment: `REDISCACHED_NAMESPACE` is \"a/b\", which has \"/\"." + remedy)
            + "FILE:1: `namespace` is \"a:b\", but a colon would make Redis keys ambiguous. Write"
            + " \".\", \"_\" or \"-\" in its place.",
        message);
  }

  @Test
  void aFileThatCanNotBeReadIsExplained() throws Exception {
    Path missing = directory.resolve("missing.yaml");
    assertEquals(
        missing + ": There is no such file. Correct `config`, or remove it to do without a file.",
        problems("config=missing.yaml"));
    assertEquals(
        directory + ": This is a directory. Write the path of a file to `config`.",
        problems("config=" + directory));
    Files.createDirectory(directory.resolve("rediscached.yaml"));
    assertEquals(
        "FILE: This is a directory. Write the path of a file to `config`.", problems(null));
  }

  @Test
  void aFileThatIsNotTextIsExplained() throws Exception {
    Path file = directory.resolve("rediscached.yaml");
    Files.write(file, "namespace: shop\n# gr\u00fc\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("FILE:2: The file is not UTF-8 text. Save it as UTF-8.", problems(null));
    Files.write(file, new byte[] {'a', (byte) 0xe2, (byte) 0x82});
    assertEquals("FILE:1: The file is not UTF-8 text. Save it as UTF-8.", problems(null));
  }

  @Test
  void aHugeFileIsNotRead() throws Exception {
    write("namespace: shop\n".repeat(10 << 16));
    assertEquals("FILE: The file is larger than 1 MB. Is it a file of settings?", problems(null));
  }

  @Test
  void hugeValuesAreShortened() throws Exception {
    write("defaults: {ttl: " + "x".repeat(1_000_000) + "}");
    String message = problems(null);
    assertTrue(message.startsWith("FILE:1: `defaults.ttl` is \"xxx"), message);
    assertTrue(
        message.endsWith("xxx\", not a duration. Write a number and a unit, such as 10m."),
        message);
    assertTrue(message.length() < 1_800, message);
  }

  @Test
  void aHundredMistakesAreEnough() throws Exception {
    write("caches:\n" + "- x\n".repeat(150));
    List<String> lines = problems(null).lines().toList();
    assertEquals(101, lines.size());
    assertEquals("and 50 more", lines.get(100));
  }

  @Test
  void aVariableThatIsRepeatedDoesNotFillTheMemory() throws Exception {
    environment.put("BIG", "x".repeat(100_000));
    write("namespace: \"" + "${BIG}".repeat(100_000) + "\"");
    assertEquals(
        "FILE:1: `namespace` is longer than a million characters once its variables are replaced."
            + " Shorten it.",
        problems(null));
  }

  @Test
  void nestingIsBounded() throws Exception {
    for (String text : List.of("[", "{a: ", "- ", "? ")) {
      write(text.repeat(100_000));
      assertEquals(
          "FILE:1: The file's maps and lists are nested too deeply. Settings have two levels.",
          problems(null));
    }
  }

  @Test
  void anAliasBombIsRefused() throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 20; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
    }
    write(bomb.toString());
    assertEquals(
        "FILE: The file has too many aliases. Write the values in their places.", problems(null));
  }

  @Test
  void whateverTheFileHoldsItEndsSoonWithSettingsOrTheirException() throws Exception {
    for (String text :
        List.of(
            "!".repeat(1_000_000),
            "\"".repeat(999_999),
            "&" + "a".repeat(900_000) + " b",
            "&a a".repeat(100_000),
            "%".repeat(1_000_000),
            "\r".repeat(900_000) + "@",
            "namespace: \"\\uD800\"",
            "--- a\n".repeat(100_000),
            "k" + "\n k".repeat(200_000),
            "a: b\n".repeat(100_000),
            "'a': b, ".repeat(100_000),
            "a: |\n" + " x\n".repeat(300_000),
            "x".repeat(900_000) + ": y",
            "\uFFFF",
            "!<tag:yaml.org,2002:null> x",
            "namespace: !!binary x",
            "<<: {a: 1}")) {
      write(text);
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> {
            try {
              new SettingsLoader(environment, systemProperties, directory.toFile()).load(null);
            } catch (SettingsException e) {
              assertFalse(String.valueOf(e.getMessage()).isEmpty());
            }
          });
    }
  }

  private String problems(@Nullable String agentArgument) {
    SettingsException exception =
        assertThrows(
            SettingsException.class,
            () ->
                new SettingsLoader(environment, systemProperties, directory.toFile())
                    .load(agentArgument));
    assertNotNull(exception.getMessage());
    return exception.getMessage().replace(directory.resolve("rediscached.yaml").toString(), "FILE");
  }

  private void write(String text) throws IOException {
    Files.write(directory.resolve("rediscached.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }
}
