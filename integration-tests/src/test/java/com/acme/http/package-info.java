/** A web application in a Tomcat of its own, whose pages answer in all the ways there are. */
@NullMarked
package com.acme.http;

import org.jspecify.annotations.NullMarked;
