package io.github.rediscached.agent.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The methods that run handlers: {@code service(ServletRequest, ServletResponse)} of servlets, of
 * the package {@code jakarta.servlet} and of {@code javax.servlet}, and the end of the chain of
 * filters in the JDK's own server.
 */
public final class HandlerMethods {

  /** The internal name of the class of the JDK's server that is changed. */
  public static final String CHAIN = "com/sun/net/httpserver/Filter$Chain";

  private static final String SERVICE = "service";
  private static final String DO_FILTER = "doFilter";

  private static final String JAKARTA =
      "(Ljakarta/servlet/ServletRequest;Ljakarta/servlet/ServletResponse;)V";

  private static final String JAVAX =
      "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;)V";

  private static final String EXCHANGE = "(Lcom/sun/net/httpserver/HttpExchange;)V";

  /** The descriptors, one of which the class file of each servlet has. */
  public static final List<byte[]> DESCRIPTORS =
      List.of(
          JAKARTA.getBytes(StandardCharsets.US_ASCII), JAVAX.getBytes(StandardCharsets.US_ASCII));

  private HandlerMethods() {}

  /** Whether a method of some class runs a servlet. */
  public static boolean isService(String name, String descriptor) {
    return name.equals(SERVICE) && (descriptor.equals(JAKARTA) || descriptor.equals(JAVAX));
  }

  /** Whether a method of {@link #CHAIN} runs a handler. */
  public static boolean isOfChain(String name, String descriptor) {
    return name.equals(DO_FILTER) && descriptor.equals(EXCHANGE);
  }

  /**
   * Whether call sites belong to one of these methods.
   *
   * @param method name and descriptor
   */
  public static boolean isOne(String method) {
    return method.equals(SERVICE + JAKARTA)
        || method.equals(SERVICE + JAVAX)
        || method.equals(DO_FILTER + EXCHANGE);
  }

  static boolean isOfJdk(String method) {
    return method.startsWith(DO_FILTER);
  }

  /** The binary name of the type of a servlet's request. */
  static String requestType(String method) {
    return method.contains("javax")
        ? "javax.servlet.ServletRequest"
        : "jakarta.servlet.ServletRequest";
  }
}
