package io.github.rediscached.agent.call;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of each handler, as long as it is there. Thread-safe. */
final class ProxyUses {

  /** Handlers are told apart by identity: their {@code equals} may do anything. */
  private static final class Key extends WeakReference<Object> {

    private final int hash;

    Key(Object handler, ReferenceQueue<Object> gone) {
      super(handler, gone);
      this.hash = System.identityHashCode(handler);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof Key key && key.hash == hash && key.refersTo(get()) && get() != null);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final Map<Key, ProxyUse> uses = new HashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  synchronized ProxyUse of(Object handler, Function<Object, ProxyUse> make) {
    for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
      uses.remove(each);
    }
    Key key = new Key(handler, gone);
    ProxyUse use = uses.get(key);
    if (use == null) {
      use = make.apply(handler);
      uses.put(key, use);
    }
    return use;
  }
}
