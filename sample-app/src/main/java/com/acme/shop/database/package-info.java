/** Where the data lives, its tables and what is in them at first. */
@NullMarked
package com.acme.shop.database;

import org.jspecify.annotations.NullMarked;
