package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.proxies.Proxies;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import org.apache.commons.logging.Log;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.BeanUtils;
import org.springframework.core.SpringVersion;

/** Behind the proxies of frameworks a method is cached once, and counted once. */
class FrameworkProxiesTest {

  private final TestRedis redis = TestRedis.shared();

  @Test
  void aMethodBehindAProxyIsCachedAndCountedOnce() {
    Outcome outcome =
        Jvm.of(Proxies.class, redis)
            .library(ByteBuddy.class)
            .library(ProxyFactory.class)
            .library(BeanUtils.class)
            .library(SpringVersion.class)
            .library(Log.class)
            .run()
            .succeeded();

    assertEquals(
        "product jdk proxy, product jdk proxy, name jdk proxy", outcome.value("jdk proxy"));
    // Nine ways to the same two methods; one is called twice, the other once.
    assertEquals("18", outcome.value("runs"));
    assertEquals(
        List.of(
            "com.acme.proxies.Proxies$Shop.find(java.lang.String)",
            "com.acme.proxies.Proxies$Shop.name(java.lang.String)"),
        outcome.values("instrumented"));
    assertEquals(
        List.of(
            "\"com.acme.proxies.Proxies$Shop.find(java.lang.String)\" requests 18 hits 9 loads 9",
            "\"names\" requests 9 hits 0 loads 9"),
        outcome.values("cache"));
    assertEquals(List.of(), outcome.log());
  }
}
