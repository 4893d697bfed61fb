package com.acme.tomcat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/**
 * A Tomcat that deploys and undeploys web applications as it is told on stdin: {@code deploy PATH
 * FOLDER}, {@code undeploy PATH}, {@code collected}.
 */
public final class TomcatServer {

  private final Tomcat tomcat = new Tomcat();
  private final List<WeakReference<ClassLoader>> undeployed = new ArrayList<>();

  private TomcatServer() throws IOException {
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.setAddDefaultWebXmlToWebapp(false);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
  }

  public static void main(String[] args) throws IOException, LifecycleException {
    TomcatServer server = new TomcatServer();
    server.tomcat.start();
    System.out.println("port=" + server.tomcat.getConnector().getLocalPort());
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(server.answer(line.split(" ", 3)));
      }
    }
    server.tomcat.stop();
    server.tomcat.destroy();
  }

  private String answer(String[] command) throws LifecycleException {
    return switch (command[0]) {
      case "deploy" -> deploy(command[1], command[2]);
      case "undeploy" -> undeploy(command[1]);
      case "collected" -> Integer.toString(collected());
      default -> "unknown: " + command[0];
    };
  }

  private String deploy(String path, String folder) {
    Context context = tomcat.addWebapp(path, folder);
    return context.getState() + " " + path;
  }

  private String undeploy(String path) throws LifecycleException {
    Container context = tomcat.getHost().findChild(path);
    undeployed.add(new WeakReference<>(((Context) context).getLoader().getClassLoader()));
    tomcat.getHost().removeChild(context);
    return "undeployed " + path;
  }

  /** How many class loaders of undeployed applications are gone, after waiting for all. */
  private int collected() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      int gone = 0;
      for (WeakReference<ClassLoader> loader : undeployed) {
        @Nullable ClassLoader present = loader.get();
        gone += present == null ? 1 : 0;
      }
      if (gone == undeployed.size() || System.nanoTime() > deadline) {
        return gone;
      }
      System.gc();
      LockSupport.parkNanos(50_000_000);
    }
  }
}
