package io.github.rediscached.agent.servlet;

import jakarta.servlet.ServletContext;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What tells the applications of a container apart: the name of the virtual host and the path of
 * the context. Containers put it together anew whenever they are asked, so that of the last
 * application is kept; not the application itself. Thread-safe.
 */
final class ApplicationNames {

  private record Known(WeakReference<ServletContext> context, String name) {}

  private volatile @Nullable Known last;

  String of(ServletContext context) {
    Known known = last;
    if (known == null || !known.context.refersTo(context)) {
      known =
          new Known(
              new WeakReference<>(context),
              context.getVirtualServerName() + context.getContextPath());
      last = known;
    }
    return known.name;
  }
}
