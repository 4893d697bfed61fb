/** How the tests speak with the applications under test. */
@NullMarked
package com.acme.console;

import org.jspecify.annotations.NullMarked;
