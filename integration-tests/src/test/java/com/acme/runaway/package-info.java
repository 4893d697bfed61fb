/** An application with a mistake: recursion without end. */
@NullMarked
package com.acme.runaway;

import org.jspecify.annotations.NullMarked;
