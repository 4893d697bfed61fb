/** An application with arguments and results that hold collections. */
@NullMarked
package com.acme.values;

import org.jspecify.annotations.NullMarked;
