package com.acme.management;

import io.github.rediscached.RedisCached;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.LogManager;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Calls a cached method, and only then names its own log manager and MBean server builder, unless
 * the command line has. Says whose are in use once the agent's beans are there.
 */
public final class Managed {

  private int runs;

  private Managed() {}

  @RedisCached(cache = "managed")
  String cached(int id) {
    runs++;
    return "cached-" + id;
  }

  public static void main(String[] arguments) throws JMException {
    Managed managed = new Managed();
    System.out.println("cached=" + managed.cached(1) + ' ' + managed.cached(1));
    System.out.println("runs=" + managed.runs);
    if (arguments.length > 0) {
      System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
      System.setProperty("javax.management.builder.initial", OwnServerBuilder.class.getName());
    }
    System.out.println("logManager=" + LogManager.getLogManager().getClass().getSimpleName());
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    System.out.println("built=" + OwnServerBuilder.built());
    System.out.println("beans=" + hasBeans(server));
    System.out.println("logManager=" + LogManager.getLogManager().getClass().getSimpleName());
    System.out.println("built=" + OwnServerBuilder.built());
  }

  private static boolean hasBeans(MBeanServer server) throws JMException {
    ObjectName name = new ObjectName("io.github.rediscached:type=Cache,name=\"managed\"");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    while (!server.isRegistered(name) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    return server.isRegistered(name);
  }
}
