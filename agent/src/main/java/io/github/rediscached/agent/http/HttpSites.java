package io.github.rediscached.agent.http;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CallContext;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.HttpOptions;
import java.io.IOException;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The call sites in the methods that run handlers: {@code enter} may answer, {@code request} and
 * {@code response} give the handler what it is to see, {@code exit} and {@code fail} end its run.
 * Thread-safe.
 */
public final class HttpSites {

  private static final ServletApis APIS = new ServletApis();

  private static final MethodHandle ENTER;
  private static final MethodHandle ENTER_CHAIN;
  private static final MethodHandle REQUEST;
  private static final MethodHandle RESPONSE;
  private static final MethodHandle EXIT;
  private static final MethodHandle FAIL;

  static {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodType swap = MethodType.methodType(Object.class, Object.class, Object.class);
    try {
      ENTER =
          lookup.findVirtual(
              HttpSites.class,
              "enter",
              MethodType.methodType(
                  Object.class, HandlerApi.class, Object.class, Object.class, Object.class));
      ENTER_CHAIN =
          lookup.findVirtual(
              HttpSites.class,
              "enterChain",
              MethodType.methodType(Object.class, Object.class, Object.class));
      REQUEST = lookup.findVirtual(HttpSites.class, "request", swap);
      RESPONSE = lookup.findVirtual(HttpSites.class, "response", swap);
      EXIT =
          lookup.findVirtual(
              HttpSites.class,
              "exit",
              MethodType.methodType(void.class, Object.class, Object.class));
      FAIL =
          lookup.findVirtual(
              HttpSites.class,
              "fail",
              MethodType.methodType(Object.class, Throwable.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("HttpSites", e);
    }
  }

  private final HttpCache cache;
  private final HandlerApi jdk;
  private final Bridge bridge;
  private final Object run;
  private final AgentLog log;

  /**
   * @param rules those of {@code http}; the log says which of them can't be used
   * @param jdk for the JDK's own server
   * @param opener opens the package of a class to the agent
   */
  public HttpSites(
      List<HttpOptions> rules,
      CallContext calls,
      Bridge bridge,
      HandlerApi jdk,
      Consumer<Class<?>> opener,
      AgentLog log) {
    this.cache = new HttpCache(Routes.of(rules, calls, opener, log), calls, log);
    this.bridge = bridge;
    this.jdk = jdk;
    this.run = bridge.run();
    this.log = log;
  }

  /**
   * A call site of a method that runs handlers.
   *
   * @param caller with the rights of the method's class
   * @param method name and descriptor, one of {@link HandlerMethods}
   */
  public CallSite bind(MethodHandles.Lookup caller, String name, MethodType type, String method)
      throws ReflectiveOperationException {
    MethodHandle target =
        switch (name) {
          case "enter" ->
              HandlerMethods.isOfJdk(method)
                  ? ENTER_CHAIN.bindTo(this)
                  : MethodHandles.insertArguments(ENTER.bindTo(this), 0, api(caller, method));
          case "request" -> REQUEST.bindTo(this);
          case "response" -> RESPONSE.bindTo(this);
          case "exit" -> EXIT.bindTo(this);
          case "fail" -> FAIL.bindTo(this);
          default -> throw new IllegalArgumentException(name);
        };
    return new ConstantCallSite(target.asType(type));
  }

  private static HandlerApi api(MethodHandles.Lookup caller, String method)
      throws ClassNotFoundException {
    return APIS.get(
        Class.forName(
            HandlerMethods.requestType(method), false, caller.lookupClass().getClassLoader()));
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private Object enterChain(Object chain, Object exchange) {
    return enter(jdk, chain, exchange, null);
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private Object enter(HandlerApi api, Object runner, Object request, @Nullable Object response) {
    try {
      Object answer = api.enter(cache, runner, request, response);
      return answer == null ? run : answer == HttpCache.ANSWERED ? answer : bridge.miss(answer);
    } catch (IOException e) {
      return bridge.thrown(e);
    } catch (Throwable e) {
      log.warnOnce("http enter", "requests run uncached: " + e + ". Please report this.");
      return run;
    }
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private Object request(Object original, Object token) {
    Ticket ticket = ticket(token);
    return ticket == null ? original : ticket.request(original);
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private Object response(Object original, Object token) {
    Ticket ticket = ticket(token);
    return ticket == null ? original : ticket.response(original);
  }

  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // Called through its method handle.
  private void exit(@Nullable Object nothing, Object token) {
    Ticket ticket = ticket(token);
    if (ticket != null) {
      ticket.returned();
    }
  }

  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // Called through its method handle.
  private Object fail(Throwable thrown, Object token) {
    Ticket ticket = ticket(token);
    return ticket != null && ticket.threw() ? HttpCache.ANSWERED : run;
  }

  private @Nullable Ticket ticket(Object token) {
    return token != run && bridge.loadOf(token) instanceof Ticket ticket ? ticket : null;
  }
}
