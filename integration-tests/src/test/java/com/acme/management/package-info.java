/** Applications with logging and JMX of their own. */
@NullMarked
package com.acme.management;

import org.jspecify.annotations.NullMarked;
