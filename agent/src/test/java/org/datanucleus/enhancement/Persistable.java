package org.datanucleus.enhancement;

import org.jspecify.annotations.Nullable;

/** As much of DataNucleus's interface of enhanced entities as is called. */
public interface Persistable {

  @Nullable Object dnGetStateManager();

  boolean dnIsDetached();
}
