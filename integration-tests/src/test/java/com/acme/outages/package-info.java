/** An application whose Redis comes, goes and misbehaves. */
@NullMarked
package com.acme.outages;

import org.jspecify.annotations.NullMarked;
