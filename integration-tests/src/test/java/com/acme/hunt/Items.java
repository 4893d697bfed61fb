package com.acme.hunt;

import java.util.concurrent.CompletableFuture;

/** Reads and changes items. */
interface Items {

  /** Is done already unless the kind is one of futures. */
  CompletableFuture<Item> read(Kind kind, int id);

  /** Changes it in the source and invalidates what is cached; returns the new state. */
  Item change(Kind kind, int id);

  /** How often the source was read so far. */
  long loads(Kind kind);
}
