/** Cached methods that hundreds of virtual threads call. */
@NullMarked
package com.acme.virtualthreads;

import org.jspecify.annotations.NullMarked;
