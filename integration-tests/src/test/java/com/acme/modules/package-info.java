/** An application that needs nothing but {@code java.base}. */
@NullMarked
package com.acme.modules;

import org.jspecify.annotations.NullMarked;
