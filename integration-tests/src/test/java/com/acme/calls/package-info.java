/** An application that calls cached methods when told to. */
@NullMarked
package com.acme.calls;

import org.jspecify.annotations.NullMarked;
