package io.github.rediscached.agent.call;

import io.github.rediscached.agent.plan.LibraryName;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that Spring manages for the application. A method usually returns inside a
 * transaction that commits later. Until then other threads load the old state, so {@link
 * WritingCall} repeats its evictions at the end of the transaction and puts results only then. This
 * class registers a listener (a {@code TransactionSynchronization}) with the application's own
 * Spring, by reflection. It never begins, ends or changes a transaction. Without Spring there are
 * none. Thread-safe.
 */
final class SpringTransactions {

  /** {@code TransactionSynchronization.STATUS_COMMITTED}. */
  private static final int COMMITTED = 0;

  private static final SpringTransactions NONE = new SpringTransactions(null, null, null, null);

  private final @Nullable Method isActive;
  private final @Nullable Method acceptsListeners;
  private final @Nullable Method register;
  private final @Nullable Class<?> listenerType;

  private SpringTransactions(
      @Nullable Method isActive,
      @Nullable Method acceptsListeners,
      @Nullable Method register,
      @Nullable Class<?> listenerType) {
    this.isActive = isActive;
    this.acceptsListeners = acceptsListeners;
    this.register = register;
    this.listenerType = listenerType;
  }

  /** Those of the Spring that this loader finds. */
  static SpringTransactions of(ClassLoader loader) {
    String support = LibraryName.in("class org.springframework.transaction.support.");
    try {
      Class<?> manager =
          Class.forName(support + "TransactionSynchronizationManager", false, loader);
      Class<?> listener = Class.forName(support + "TransactionSynchronization", false, loader);
      return new SpringTransactions(
          manager.getMethod("isActualTransactionActive"),
          manager.getMethod("isSynchronizationActive"),
          manager.getMethod("registerSynchronization", listener),
          listener);
    } catch (ReflectiveOperationException | LinkageError e) {
      return NONE;
    }
  }

  /**
   * Calls back when the transaction of this thread ends, before its caller goes on.
   *
   * @param ended told whether it has committed; must not throw
   * @return false if there is no transaction
   */
  boolean atEnd(Consumer<Boolean> ended) {
    if (isActive == null || acceptsListeners == null || register == null || listenerType == null) {
      return false;
    }
    try {
      if (!Boolean.TRUE.equals(isActive.invoke(null))
          || !Boolean.TRUE.equals(acceptsListeners.invoke(null))) {
        return false;
      }
      register.invoke(
          null,
          Proxy.newProxyInstance(
              listenerType.getClassLoader(), new Class<?>[] {listenerType}, new Listener(ended)));
      return true;
    } catch (InvocationTargetException | IllegalAccessException | RuntimeException e) {
      return false;
    }
  }

  /** Is told once, as soon as the end is known. */
  private static final class Listener implements InvocationHandler {

    private final Consumer<Boolean> ended;
    private boolean told;

    Listener(Consumer<Boolean> ended) {
      this.ended = ended;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
      return switch (method.getName()) {
        case "afterCommit" -> tell(true);
        case "afterCompletion" ->
            tell(
                arguments != null && arguments[0] instanceof Integer status && status == COMMITTED);
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> arguments != null && arguments[0] == proxy;
        case "toString" -> "rediscached";
        // Ordered.getOrder: before the listeners of the application, which may read.
        default -> method.getReturnType() == int.class ? Integer.MIN_VALUE : null;
      };
    }

    private @Nullable Object tell(boolean committed) {
      if (!told) {
        told = true;
        ended.accept(committed);
      }
      return null;
    }
  }
}
