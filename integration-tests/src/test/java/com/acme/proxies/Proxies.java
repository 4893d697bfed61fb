package com.acme.proxies;

import io.github.rediscached.RedisCached;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.NamingStrategy;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.SuperMethodCall;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.matcher.ElementMatchers;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.MethodInterceptor;

/** Cached methods behind what frameworks put around their classes. */
public final class Proxies {

  private static final ObjectName CACHES = name("io.github.rediscached:type=Cache,*");

  private Proxies() {}

  public static void main(String[] args) throws Exception {
    call("direct", new Shop());
    call("cglib", cglib());
    call("cglib by another name", cglibByAnotherName());
    call("spring class proxy", springClassProxy());
    call("spring interface proxy", springInterfaceProxy());
    call("jdk proxy", jdkProxy());
    call("byte buddy", byteBuddy());
    call("byte buddy delegation", byteBuddyDelegation());
    call("proxy of a proxy", springClassProxyOf(cglib()));
    System.out.println("runs=" + Shop.runs);
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName agent = name("io.github.rediscached:type=Agent");
    await(() -> server.isRegistered(agent));
    for (String method : (String[]) server.getAttribute(agent, "InstrumentedMethods")) {
      System.out.println("instrumented=" + method);
    }
    await(() -> server.queryNames(CACHES, null).size() == 2);
    for (ObjectName name : new TreeSet<>(server.queryNames(CACHES, null))) {
      System.out.println(
          "cache="
              + name.getKeyProperty("name")
              + " requests "
              + server.getAttribute(name, "Requests")
              + " hits "
              + server.getAttribute(name, "Hits")
              + " loads "
              + server.getAttribute(name, "Loads"));
    }
  }

  private static ObjectName name(String name) {
    try {
      return new ObjectName(name);
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private static void call(String name, Products products) {
    String result = products.find(name) + ", " + products.find(name) + ", " + products.name(name);
    System.out.println(name + "=" + result);
  }

  /** What the proxies stand for. */
  public interface Products {
    @RedisCached
    String find(String id);

    String name(String id);
  }

  /** Does the work. */
  public static class Shop implements Products {

    static int runs;

    @Override
    public String find(String id) {
      runs++;
      return "product " + id;
    }

    @Override
    @RedisCached(cache = "names")
    public String name(String id) {
      runs++;
      return "name " + id;
    }
  }

  private static Shop cglib() {
    Enhancer enhancer = new Enhancer();
    enhancer.setSuperclass(Shop.class);
    enhancer.setCallback(
        (MethodInterceptor) (self, method, arguments, proxy) -> proxy.invokeSuper(self, arguments));
    return (Shop) enhancer.create();
  }

  private static Products cglibByAnotherName() {
    Enhancer enhancer = new Enhancer();
    enhancer.setNamingPolicy((prefix, source, key, names) -> prefix + "Enhanced");
    enhancer.setSuperclass(Shop.class);
    enhancer.setCallback(
        (MethodInterceptor) (self, method, arguments, proxy) -> proxy.invokeSuper(self, arguments));
    return (Shop) enhancer.create();
  }

  private static Products springClassProxy() {
    return springClassProxyOf(new Shop());
  }

  private static Products springClassProxyOf(Shop target) {
    ProxyFactory factory = new ProxyFactory(target);
    factory.setProxyTargetClass(true);
    factory.addAdvice(
        (org.aopalliance.intercept.MethodInterceptor) invocation -> invocation.proceed());
    return (Products) factory.getProxy();
  }

  private static Products springInterfaceProxy() {
    ProxyFactory factory = new ProxyFactory();
    factory.setInterfaces(Products.class);
    factory.setTarget(new Shop());
    factory.addAdvice(
        (org.aopalliance.intercept.MethodInterceptor) invocation -> invocation.proceed());
    return (Products) factory.getProxy();
  }

  private static Products jdkProxy() {
    Shop target = new Shop();
    return (Products)
        Proxy.newProxyInstance(
            Products.class.getClassLoader(),
            new Class<?>[] {Products.class},
            (proxy, method, arguments) -> method.invoke(target, arguments));
  }

  private static Products byteBuddy() throws ReflectiveOperationException {
    return new ByteBuddy()
        .subclass(Shop.class)
        .method(ElementMatchers.isDeclaredBy(Shop.class))
        .intercept(SuperMethodCall.INSTANCE)
        .make()
        .load(Shop.class.getClassLoader())
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance();
  }

  private static Products byteBuddyDelegation() throws ReflectiveOperationException {
    return new ByteBuddy()
        .with(new NamingStrategy.SuffixingRandom("HibernateProxy"))
        .subclass(Shop.class)
        .modifiers(Modifier.PUBLIC)
        .method(ElementMatchers.isDeclaredBy(Shop.class))
        .intercept(MethodDelegation.to(Interceptor.class))
        .make()
        .load(Shop.class.getClassLoader())
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance();
  }

  /** Calls through. */
  public static final class Interceptor {

    private Interceptor() {}

    public static String intercept(@SuperCall Callable<String> superCall) throws Exception {
      return superCall.call();
    }
  }
}
