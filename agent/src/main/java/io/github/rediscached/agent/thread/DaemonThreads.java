package io.github.rediscached.agent.thread;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;

/**
 * Makes all threads of the agent. A new thread inherits from the thread that makes it, which is
 * often one of the application: its group, its context class loader, its inheritable thread-locals
 * and, up to JDK 23, the protection domains of all classes on its stack. Each of these would keep
 * an undeployed application in memory for as long as the new thread lives. So a thread from here
 * inherits none of them.
 */
public final class DaemonThreads {

  private static final ClassLoader AGENT = DaemonThreads.class.getClassLoader();

  private DaemonThreads() {}

  /** Makes a thread, and does not start it. */
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

  /** A factory whose threads are made by another one, and inherit nothing. */
  public static ThreadFactory isolating(ThreadFactory factory) {
    return new ThreadFactory() {
      @Override
      public Thread newThread(Runnable work) {
        return isolated(factory, work);
      }
    };
  }

  /** Within a privileged action, a new thread inherits no protection domain of its callers. */
  @SuppressWarnings("removal") // From JDK 24 on it has no effect, and is not needed.
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
