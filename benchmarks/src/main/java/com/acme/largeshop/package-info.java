/** A Spring Boot application with web and JPA, for the start-up benchmark. */
@NullMarked
package com.acme.largeshop;

import org.jspecify.annotations.NullMarked;
