/** An application whose arguments and results are nobody else's business. */
@NullMarked
package com.acme.confidential;

import org.jspecify.annotations.NullMarked;
