/**
 * A small shop: controllers → services → repositories, one package per topic. It knows nothing of
 * Redis.
 */
@NullMarked
package com.acme.shop;

import org.jspecify.annotations.NullMarked;
