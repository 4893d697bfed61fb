package io.github.rediscached.agent.call;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MutableCallSite;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The call sites before methods with code of their own. They take the shortest way until there is a
 * proxy with such a method, so that proxies cost nothing where there are none. Thread-safe.
 */
final class EnterSites {

  private static final class EnterSite extends MutableCallSite {

    private final MethodHandle behindProxies;

    EnterSite(MethodHandle shortest, MethodHandle behindProxies) {
      super(shortest);
      this.behindProxies = behindProxies;
    }
  }

  private final Set<String> proxied = new HashSet<>();
  private final Map<String, List<WeakReference<EnterSite>>> sites = new HashMap<>();

  /**
   * @param shortest the way of a call that no proxy has made
   * @param behindProxies the way of any call
   */
  synchronized CallSite of(MethodPlan plan, MethodHandle shortest, MethodHandle behindProxies) {
    String method = name(plan);
    if (proxied.contains(method)) {
      return new ConstantCallSite(behindProxies);
    }
    EnterSite site = new EnterSite(shortest, behindProxies);
    List<WeakReference<EnterSite>> same = sites.get(method);
    if (same == null) {
      same = new ArrayList<>();
      sites.put(method, same);
    }
    same.removeIf(each -> each.refersTo(null));
    same.add(new WeakReference<>(site));
    return site;
  }

  /** A proxy's method is about to be called for the first time. */
  synchronized void foundProxied(MethodPlan plan) {
    String method = name(plan);
    if (!proxied.add(method)) {
      return;
    }
    List<MutableCallSite> changed = new ArrayList<>();
    List<WeakReference<EnterSite>> same = sites.remove(method);
    if (same != null) {
      for (WeakReference<EnterSite> each : same) {
        EnterSite site = each.get();
        if (site != null) {
          site.setTarget(site.behindProxies);
          changed.add(site);
        }
      }
    }
    if (!changed.isEmpty()) {
      MutableCallSite.syncAll(changed.toArray(new MutableCallSite[0]));
    }
  }

  private static String name(MethodPlan plan) {
    return plan.methodName() + ' ' + plan.parameterCount();
  }
}
