package com.acme.hunt;

/** Reads and changes items. */
interface Items {

  Item read(Kind kind, int id);

  /** Changes it in the source and invalidates what is cached; returns the new state. */
  Item change(Kind kind, int id);

  /** How often the source was read so far. */
  long loads(Kind kind);
}
