/** A shop whose methods cache, evict and put, in as many JVMs as are started. */
@NullMarked
package com.acme.invalidation;

import org.jspecify.annotations.NullMarked;
