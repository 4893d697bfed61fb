package org.apache.openjpa.enhance;

import org.jspecify.annotations.Nullable;

/** As much of OpenJPA's interface of enhanced entities as is called. */
public interface PersistenceCapable {

  @Nullable Object pcGetStateManager();

  @Nullable Boolean pcIsDetached();
}
