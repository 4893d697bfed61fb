/** A servlet container with web applications that come and go. */
@NullMarked
package com.acme.tomcat;

import org.jspecify.annotations.NullMarked;
