package io.github.rediscached.agent.protocol.model;

import java.util.Set;

/** What Redis does as one: a command or a script. One that timed out may be done much later. */
sealed interface Command {

  Redis on(Redis redis, Set<Guard> guards);

  /**
   * Asks for the lease.
   *
   * @param known the token of the entry that the caller has seen and wants to replace; 0 for none
   */
  record Acquire(int token, int known) implements Command {
    @Override
    public Redis on(Redis redis, Set<Guard> guards) {
      Redis made = redis.madeVersions(guards);
      return changed(made, guards) || made.lease() != 0 ? made : made.lease(token);
    }

    /** Whether somebody has stored another entry meanwhile. */
    boolean changed(Redis redis, Set<Guard> guards) {
      Entry entry = redis.hit(guards);
      return entry != null && entry.token() != known;
    }
  }

  /** Takes the lease from whoever holds it. */
  record TakeLease(int token) implements Command {
    @Override
    public Redis on(Redis redis, Set<Guard> guards) {
      return redis.madeVersions(guards).lease(token);
    }
  }

  /** Gives the lease back, without a value. */
  record Release(int token) implements Command {
    @Override
    public Redis on(Redis redis, Set<Guard> guards) {
      return redis.lease() == token ? redis.lease(0) : redis;
    }
  }

  /**
   * Stores what was loaded, if nothing speaks against it.
   *
   * @param resultTagged whether the value names a tag
   */
  record Store(Load load, int value, boolean resultTagged) implements Command {
    @Override
    public Redis on(Redis redis, Set<Guard> guards) {
      if (guards.contains(Guard.STORE_CHECKS_LEASE) && redis.lease() != load.token()) {
        return redis;
      }
      Redis done = redis.lease() == load.token() ? redis.lease(0) : redis;
      if (guards.contains(Guard.STORE_CHECKS_VERSIONS) && !load.current(redis, guards)) {
        return done;
      }
      if (!resultTagged) {
        return done.with(new Entry(load.token(), load.namespace(), load.scope(), 0, value));
      }
      // A version of an epoch that is over can't be compared with any counter again.
      boolean quiet = load.noTagInvalidated(redis);
      boolean missing = redis.resultTag() == 0;
      boolean over =
          !missing
              && guards.contains(Guard.RESULT_TAG_EPOCH)
              && Redis.epoch(redis.resultTag()) != Redis.epoch(redis.counter());
      if (missing || over) {
        done = done.madeResultTag(guards);
        if (!quiet && (over || guards.contains(Guard.MISSING_RESULT_TAG_REFUSES_STORE))) {
          return done;
        }
      } else if (!quiet && !load.hasSeen(redis.resultTag(), guards)) {
        return done;
      }
      return done.with(
          new Entry(load.token(), load.namespace(), load.scope(), done.resultTag(), value));
    }

    boolean stored(Redis before, Redis after) {
      return after.entry() != null && !after.entry().equals(before.entry());
    }
  }

  /** Stores what a put has written, or unlinks what it may have made old. */
  record StorePut(Store store) implements Command {
    @Override
    public Redis on(Redis redis, Set<Guard> guards) {
      boolean ours = redis.lease() == store.load().token();
      Redis after = store.on(redis, guards);
      if (store.stored(redis, after)) {
        return after;
      }
      return guards.contains(
              ours ? Guard.PUT_UNLINKS_WHEN_REFUSED : Guard.PUT_UNLINKS_WHEN_LEASE_LOST)
          ? Invalidation.KEY.on(after, guards)
          : after;
    }
  }

  /** The kinds of invalidation that are one command, and the first one of those by pattern. */
  enum Invalidation implements Command {
    KEY {
      @Override
      public Redis on(Redis redis, Set<Guard> guards) {
        Redis unlinked = redis.with(null);
        return guards.contains(Guard.LEASE_DELETED_WITH_KEY) ? unlinked.lease(0) : unlinked;
      }
    },
    TAG_OR_CACHE {
      @Override
      public Redis on(Redis redis, Set<Guard> guards) {
        return redis.scope(0);
      }
    },
    TAG_OF_RESULT {
      @Override
      public Redis on(Redis redis, Set<Guard> guards) {
        Redis unlinked = redis.resultTag(0);
        return guards.contains(Guard.TAG_INVALIDATIONS_HAVE_A_VERSION)
            ? unlinked.tags(0)
            : unlinked;
      }
    },
    EVERYTHING {
      @Override
      public Redis on(Redis redis, Set<Guard> guards) {
        return redis.namespace(0);
      }
    },
    PATTERN {
      @Override
      public Redis on(Redis redis, Set<Guard> guards) {
        return redis.pattern(0);
      }
    }
  }
}
