package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The only class of rediscached that instrumented classes refer to. It lives in {@code java.lang},
 * so that every class loader finds it, also one that delegates nothing but {@code java.*}.
 *
 * <p>An instrumented method has up to three call sites, each linked by {@link #link} on its first
 * use:
 *
 * <ul>
 *   <li>{@code enter (arguments) → Object}: a bridge object means "run the method", anything else
 *       is the result of a hit. A method that returns nothing runs in any case;
 *   <li>{@code exit (result, Object) → void}: the method has returned; the result of one that
 *       returns nothing is null;
 *   <li>{@code fail (Throwable, Object) → Object}: the method has thrown. A bridge object means
 *       "throw that on", anything else is the result to return in its place: of the method's type,
 *       null only if that is no primitive one. A method that returns nothing throws in any case.
 * </ul>
 *
 * An instance is the state of one call between its {@code enter} and its {@code exit} or {@code
 * fail}. While no agent has set a linker, the sites do nothing and the methods simply run.
 */
public final class RediscachedBridge {

  /** Run the method and forget the call; or throw on what it has thrown. */
  public static final RediscachedBridge RUN = new RediscachedBridge(null, null);

  private static volatile MethodHandle linker;

  /** What the agent remembers of a miss; null if the call is not cached. */
  public final Object load;

  /** The exception to throw instead of running the method: a cached one; usually null. */
  public final Throwable thrown;

  public RediscachedBridge(Object load, Throwable thrown) {
    this.load = load;
    this.thrown = thrown;
  }

  /**
   * Names who links the call sites, once.
   *
   * @param agent {@code (Lookup, String name, MethodType, String method) → CallSite}
   * @return false if an agent is there already; nothing has changed then
   */
  public static synchronized boolean install(MethodHandle agent) {
    if (linker != null) {
      return false;
    }
    linker = agent;
    return true;
  }

  /** Forgets that agent. Sites that are linked from now on do nothing, and another may come. */
  public static synchronized void uninstall() {
    linker = null;
  }

  /**
   * Links a call site of an instrumented method; the bootstrap method of invokedynamic.
   *
   * @param name {@code enter}, {@code exit} or {@code fail}
   * @param method name and descriptor of the instrumented method
   */
  public static CallSite link(
      MethodHandles.Lookup caller, String name, MethodType type, String method) {
    try {
      MethodHandle agent = linker;
      if (agent != null) {
        return (CallSite) agent.invokeExact(caller, name, type, method);
      }
    } catch (VirtualMachineError noRoom) {
      // The method runs, and its next call tries again.
      throw noRoom;
    } catch (Throwable failed) {
      // The method must run whatever happens to its cache.
    }
    return new ConstantCallSite(inert(name, type));
  }

  /** A site that lets the method run as if it were not instrumented. */
  private static MethodHandle inert(String name, MethodType type) {
    if (!name.equals("exit")) {
      return MethodHandles.dropArguments(
          MethodHandles.constant(Object.class, RUN), 0, type.parameterList());
    }
    return MethodHandles.empty(type);
  }
}
