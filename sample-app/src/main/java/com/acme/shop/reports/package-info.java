/** What the shop has sold. */
@NullMarked
package com.acme.shop.reports;

import org.jspecify.annotations.NullMarked;
