/** An application that runs before the agent comes. */
@NullMarked
package com.acme.attach;

import org.jspecify.annotations.NullMarked;
