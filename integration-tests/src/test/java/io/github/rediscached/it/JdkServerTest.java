package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.http.JdkServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handlers of the JDK's own server are behind the cache as servlets are. */
class JdkServerTest {

  private static final String RULES =
      """
      http:
        - path: /a
          ttl: 10m
          query: [page]
      """;

  @Test
  void theirResponsesAreStored() {
    Outcome outcome =
        Jvm.of(JdkServer.class, TestRedis.shared())
            .setting("namespace", TestRedis.newNamespace())
            .yaml(RULES)
            .run()
            .succeeded();

    assertEquals(
        List.of(
            "made=200 fwd=uri-miss: /a?page=1",
            "stored=200 hit: /a?page=1",
            "a parameter that the rule does not name=200 hit: /a?page=1",
            "another page=200 fwd=uri-miss: /a?page=2",
            "head=200 hit: ",
            "not modified=304 hit: ",
            "a personal header=200 fwd=vary-miss; detail=header-x-region: /a?page=1 in north",
            "a credential=200 fwd=request; detail=header-x-api-key: /a?page=1",
            "a post=200 none: /a?page=1",
            "after it=200 fwd=uri-miss: /a?page=1",
            "filter=true"),
        outcome.out());
  }
}
