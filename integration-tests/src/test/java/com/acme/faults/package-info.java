/** An application that calls a cached method on many threads, while faults come and go. */
@NullMarked
package com.acme.faults;

import org.jspecify.annotations.NullMarked;
