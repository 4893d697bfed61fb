package io.github.rediscached.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** A JVM with an application of somebody else on Tomcat. {@link HttpTour} starts it. */
public final class TouredApplication {

  private TouredApplication() {}

  /**
   * Starts it.
   *
   * @param arguments the WAR of an application, or the class of a servlet that is on the class path
   */
  public static void main(String... arguments) throws IOException, LifecycleException {
    Path base = Files.createTempDirectory("rediscached-tour");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    Files.createDirectories(base.resolve("webapps"));
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("compression", "on");
    // What it sends by sendfile it does not compress, and it uses sendfile only where nothing
    // wraps.
    tomcat.getConnector().setProperty("useSendfile", "false");
    if (arguments[0].endsWith(".war")) {
      tomcat.addWebapp("/app", Path.of(arguments[0]).toAbsolutePath().toString());
    } else {
      Context context = tomcat.addContext("/app", base.toString());
      Wrapper servlet = Tomcat.addServlet(context, "toured", arguments[0]);
      servlet.addMapping("/*");
    }
    tomcat.start();
    System.out.println("listening on " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }
}
