package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.acme.tomcat.TomcatServer;
import io.github.rediscached.RedisCached;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.juli.logging.Log;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web applications in a Tomcat: each with its own class loader, deployed and undeployed. */
class TomcatTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ALL = "[product, priceOf, similar, soldOut, filtered, comparator]";
  private static final String UNCACHED = "[filtered, comparator]";

  @TempDir static Path folder;

  private static Path firstVersion;
  private static Path secondVersion;

  private final TestRedis redis = TestRedis.shared();

  @BeforeAll
  static void buildWebApplications() throws IOException {
    firstVersion = webApplication("webshop-1");
    secondVersion = webApplication("webshop-2");
  }

  @Test
  void webApplicationsAreCachedEachWithItsOwnClassesAndAreCollectedWhenUndeployed()
      throws Exception {
    try (RunningJvm tomcat = tomcat()) {
      String oldAnswer = answer("product 5", "product 6", UNCACHED);
      String newAnswer = answer("product 5 (7)", "product 6 (7)", UNCACHED);

      String old = deploy(tomcat, "/old", firstVersion);
      assertEquals(answer("product 5", "product 6", ALL), get(old));
      awaitAnswer(oldAnswer, old);

      String current = deploy(tomcat, "/current", secondVersion);
      assertEquals(answer("product 5 (7)", "product 6 (7)", ALL), get(current));
      awaitAnswer(newAnswer, current);
      assertEquals(oldAnswer, get(old), "the old version beside the new one");

      String twin = deploy(tomcat, "/twin", secondVersion);
      assertEquals(
          answer("product 5 (7)", "product 6 (7)", ALL),
          get(twin),
          "what another application has stored is not its own");
      awaitAnswer(newAnswer, twin);
      assertEquals(newAnswer, get(current), "the one beside it");

      for (String path : List.of("/old", "/current", "/twin")) {
        assertEquals("undeployed " + path, tomcat.ask("undeploy " + path));
      }
      assertEquals("3", tomcat.ask("collected"), () -> tomcat.soFar().toString());

      String again = deploy(tomcat, "/current", secondVersion);
      assertEquals(newAnswer, withoutInherited(get(again)), "after a new deployment");
      tomcat.ask("undeploy /current");
      assertEquals("4", tomcat.ask("collected"), () -> tomcat.soFar().toString());

      Outcome outcome = tomcat.awaitEnd().succeeded();
      for (String line : outcome.err()) {
        assertFalse(line.contains("memory leak"), outcome.toString());
      }
    }
  }

  /** A method that inherits its annotation may run uncached until the agent has met both types. */
  private static String withoutInherited(String answer) {
    return answer.replace("priceOf, ", "");
  }

  private static void awaitAnswer(String expected, String uri) {
    Eventually.eventually(expected + " of " + uri, () -> expected.equals(get(uri)));
  }

  private static String answer(String product, String next, String ran) {
    String first = product.replace("product 5", "product 1");
    return product
        + (", 500, {first=[" + product + ", " + next + "]}, " + product + " is sold out, ")
        + ("["
            + first
            + "], true, "
            + product
            + "!, described "
            + product
            + ", labelled "
            + product)
        + (", " + product + ", " + product + " is sold out; ran: ")
        + ran;
  }

  private RunningJvm tomcat() {
    return Jvm.of(TomcatServer.class, redis)
        .library(Servlet.class)
        .library(Log.class)
        .library(jakarta.annotation.Resource.class)
        .library(org.jspecify.annotations.Nullable.class)
        // What Tomcat asks for to find leaks, and softly held memory goes at once.
        .option("--add-opens=java.base/java.lang=ALL-UNNAMED")
        .option("--add-opens=java.base/java.util=ALL-UNNAMED")
        .option("--add-opens=java.base/java.util.concurrent=ALL-UNNAMED")
        .option("--add-opens=java.base/java.io=ALL-UNNAMED")
        .option("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED")
        .option("-XX:SoftRefLRUPolicyMSPerMB=0")
        .start();
  }

  private static String deploy(RunningJvm tomcat, String path, Path application) {
    String port = tomcat.awaitOut("port=").substring("port=".length());
    assertEquals("STARTED " + path, tomcat.ask("deploy " + path + " " + application));
    return "http://127.0.0.1:" + port + path + "/shop?id=5";
  }

  private static String get(String uri) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** With its classes in WEB-INF/classes and the annotations in WEB-INF/lib. */
  private static Path webApplication(String version) throws IOException {
    Path application = folder.resolve(version);
    Path webInf = Files.createDirectories(application.resolve("WEB-INF"));
    Path annotations = JavaSources.locationOf(RedisCached.class);
    Files.createDirectories(webInf.resolve("lib"));
    Files.copy(annotations, webInf.resolve("lib").resolve("rediscached-annotations.jar"));
    Files.writeString(
        webInf.resolve("web.xml"),
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
          <servlet>
            <servlet-name>shop</servlet-name>
            <servlet-class>com.acme.webshop.ShopServlet</servlet-class>
          </servlet>
          <servlet-mapping>
            <servlet-name>shop</servlet-name>
            <url-pattern>/shop</url-pattern>
          </servlet-mapping>
        </web-app>
        """);
    JavaSources.compile(
        webInf.resolve("classes"),
        List.of(
            annotations,
            JavaSources.locationOf(Servlet.class),
            JavaSources.locationOf(TomcatServer.class)),
        "webshop",
        version);
    return application;
  }
}
