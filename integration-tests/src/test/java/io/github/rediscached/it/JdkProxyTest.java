package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.proxies.EarlyProxies;
import com.acme.proxies.JdkProxies;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of an interface counts for its JDK proxies, once for each call. */
class JdkProxyTest {

  private static final String RULES =
      """
      caches:
        - method: com.acme.proxies.JdkProxies$Ruled+.price(..)
          cache: prices
        - method: com.acme.proxies.JdkProxies$Crud+.findById(..)
          cache: rows
        - method: com.acme.proxies.JdkProxies$Users.to*(..)
      evictions:
        - method: com.acme.proxies.JdkProxies$Ruled.change(..)
          cache: prices
      """;

  private final TestRedis redis = TestRedis.shared();

  @Test
  void methodsOfInterfacesThatOnlyProxiesImplementAreCachedEvictAndPut() {
    String namespace = TestRedis.newNamespace();

    Outcome outcome =
        Jvm.of(JdkProxies.class, redis)
            .setting("namespace", namespace)
            .yaml(RULES)
            .run()
            .succeeded();

    assertEquals(
        List.of(
            "reference=User[name=u-ann] cached",
            "primitive, with an ignored parameter=5 cached",
            "future=User[name=l-ann] cached",
            "default method that the handler answers=greeting ann cached",
            "default method that the handler invokes=hello bob cached",
            "by a rule=price a cached",
            "by a rule without a plus=find a cached",
            "annotation=marked cached",
            "before=ann cached",
            "evicted=bea",
            "again=bea cached",
            "put=cas runs 0",
            "to be evicted by a rule=price b cached",
            "evicted by a rule=runs 2",
            "checked=java.io.IOException: io",
            "undeclared=undeclared made",
            "unchecked=java.lang.IllegalStateException: state",
            "users=Optional[User[name=crud]] cached",
            "orders=Optional[Order[cents=5]] cached",
            "users by key=User[name=crud] cached",
            "orders by key=Order[cents=5] cached",
            "bridge=Optional[User[name=crud]] cached",
            "behind the bridge=Optional[User[name=crud]] runs 0",
            "implementation behind a proxy=found a cached",
            "the same, direct and twice around=found a, found a",
            "runs of it=0",
            "proxy behind a proxy=find b cached",
            "one implementation for users=Optional[User[name=any]] cached",
            "one implementation for orders=Optional[Order[cents=7]] cached",
            "one handler=one cached",
            "another handler=other cached",
            "the first again=one cached",
            "object=true, proxy, false"),
        outcome.out());
    for (String line : outcome.log()) {
      assertTrue(line.contains("has several proxies whose handlers are not equal"), line);
    }

    Outcome fresh =
        Jvm.of(JdkProxies.class, redis, "fresh")
            .setting("namespace", namespace)
            .yaml(RULES)
            .run()
            .succeeded();

    assertEquals("User[name=u-ann], Optional[User[name=crud]], runs 0", fresh.value("fresh"));
    assertEquals(List.of(), fresh.log());
  }

  @Test
  void proxiesThatWereMadeBeforeTheAgentAreChangedAndLambdasAreReported() {
    String rule = "com.acme.proxies.EarlyProxies$Priced+.price(..)";
    try (RunningJvm jvm =
        Jvm.of(EarlyProxies.class)
            .withoutAgent()
            .yaml("caches:\n  - method: " + rule + "\n")
            .start()) {
      assertEquals("marked", jvm.ask("mark of"));
      assertEquals("none #1", jvm.ask("read a"));
      assertEquals("4", jvm.ask("price 2"));

      jvm.attachAgent(
          "redis.timeout=5s,redis.connect-timeout=20s,report-unmatched-after=1ms,redis.uri="
              + redis.uri()
              + ",namespace="
              + TestRedis.newNamespace());

      // What it has written before is evicted at first, and once more a little later.
      eventually("a hit", () -> jvm.ask("read a").equals(jvm.ask("read a")));
      jvm.ask("write a");
      assertTrue(jvm.ask("read a").startsWith("new #"));
      eventually("a hit again", () -> jvm.ask("read a").equals(jvm.ask("read a")));
      assertEquals("6", jvm.ask("price 3"));
      assertEquals("marked", jvm.ask("mark of"));
      String said =
          "the rule for "
              + rule
              + " has matched no method: com.acme.proxies.EarlyProxies$Priced.price(int) is"
              + " abstract, and no class with code for it is loaded so far, nor a proxy of"
              + " java.lang.reflect.Proxy. Lambdas can't be changed: write a class instead.";
      eventually(
          "the report", () -> jvm.soFar().log().stream().anyMatch(line -> line.endsWith(said)));
    }
  }
}
