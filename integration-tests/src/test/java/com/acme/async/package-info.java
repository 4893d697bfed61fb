/** Methods that return futures, and who calls them. */
@NullMarked
package com.acme.async;

import org.jspecify.annotations.NullMarked;
