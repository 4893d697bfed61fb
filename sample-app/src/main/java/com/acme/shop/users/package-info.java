/** Users and what they have bought. */
@NullMarked
package com.acme.shop.users;

import org.jspecify.annotations.NullMarked;
