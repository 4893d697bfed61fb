package io.github.rediscached.agent.thread;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the agent's threads. A new thread takes over much from the one that starts it, here often
 * one of the application: its thread group, its context class loader, its inheritable thread-locals
 * and, up to JDK 23, the protection domains of all classes on its stack. Each of these would keep
 * an undeployed application in memory for as long as the thread lives, so none of them is taken.
 */
public final class DaemonThreads {

  private static final ClassLoader AGENT = DaemonThreads.class.getClassLoader();

  private DaemonThreads() {}

  /** A thread that has not started yet. */
  public static Thread named(String name, Runnable work) {
    return isolated(
        new ThreadFactory() {
          @Override
          public Thread newThread(Runnable runnable) {
            return new Thread(rootGroup(), runnable, name, 0, false);
          }
        },
        work);
  }

  /** The threads of another factory, without what they would take over. */
  public static ThreadFactory isolating(ThreadFactory factory) {
    return new ThreadFactory() {
      @Override
      public Thread newThread(Runnable work) {
        return isolated(factory, work);
      }
    };
  }

  /** Of the stack, a privileged action sees only itself. */
  @SuppressWarnings("removal") // Without effect, and without need, from JDK 24 on.
  private static Thread isolated(ThreadFactory factory, Runnable work) {
    return AccessController.doPrivileged(
        new PrivilegedAction<Thread>() {
          @Override
          public Thread run() {
            Thread thread = factory.newThread(work);
            thread.setDaemon(true);
            thread.setContextClassLoader(AGENT);
            return thread;
          }
        });
  }

  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
