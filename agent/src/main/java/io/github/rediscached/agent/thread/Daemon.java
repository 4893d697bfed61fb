package io.github.rediscached.agent.thread;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.Function;

/**
 * Makes the agent's threads: daemons that hold nothing of the application. Whichever of its threads
 * has them made, they inherit neither its thread-locals and thread group nor, through the access
 * control context, the class loaders on its stack; all of these would keep an undeployed
 * application in memory.
 */
public final class Daemon {

  private static final ThreadGroup TOP = topOf(Thread.currentThread().getThreadGroup());

  private Daemon() {}

  /**
   * Not started yet. Its context class loader is the agent's, by which libraries find their own
   * parts and not the application's.
   */
  public static Thread of(String name, Runnable work) {
    return make(
        new Function<ThreadGroup, Thread>() {
          @Override
          public Thread apply(ThreadGroup group) {
            return new Thread(group, work, name, 0, false);
          }
        });
  }

  /** The same for libraries that want threads of a class of their own. */
  @SuppressWarnings("removal") // There is no other way before Java 24, where nothing is inherited.
  public static Thread make(Function<ThreadGroup, Thread> maker) {
    Thread thread =
        AccessController.doPrivileged(
            new PrivilegedAction<Thread>() {
              @Override
              public Thread run() {
                return maker.apply(TOP);
              }
            });
    thread.setDaemon(true);
    thread.setContextClassLoader(Daemon.class.getClassLoader());
    return thread;
  }

  private static ThreadGroup topOf(ThreadGroup group) {
    ThreadGroup top = group;
    for (ThreadGroup parent = top.getParent(); parent != null; parent = parent.getParent()) {
      top = parent;
    }
    return top;
  }
}
