/** An application whose cached methods are listed in its settings. */
@NullMarked
package com.acme.settings;

import org.jspecify.annotations.NullMarked;
