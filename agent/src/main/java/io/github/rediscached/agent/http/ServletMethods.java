package io.github.rediscached.agent.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The methods by which servlet containers run a handler: {@code service(ServletRequest,
 * ServletResponse)}, of the package {@code jakarta.servlet} and of {@code javax.servlet}.
 */
public final class ServletMethods {

  private static final String NAME = "service";

  private static final String JAKARTA =
      "(Ljakarta/servlet/ServletRequest;Ljakarta/servlet/ServletResponse;)V";

  private static final String JAVAX =
      "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;)V";

  /** The descriptors, one of which the class file of each handler has. */
  public static final List<byte[]> DESCRIPTORS =
      List.of(
          JAKARTA.getBytes(StandardCharsets.US_ASCII), JAVAX.getBytes(StandardCharsets.US_ASCII));

  private ServletMethods() {}

  public static boolean isOne(String name, String descriptor) {
    return name.equals(NAME) && (descriptor.equals(JAKARTA) || descriptor.equals(JAVAX));
  }

  /** The binary name of the request's type. */
  static String requestType(String method) {
    return method.contains("javax")
        ? "javax.servlet.ServletRequest"
        : "jakarta.servlet.ServletRequest";
  }

  /**
   * @param method name and descriptor
   */
  public static boolean isOne(String method) {
    return method.equals(NAME + JAKARTA) || method.equals(NAME + JAVAX);
  }
}
