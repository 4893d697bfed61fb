/** Products: one by id, the pages of a category, a search, and changes of price. */
@NullMarked
package com.acme.shop.catalogue;

import org.jspecify.annotations.NullMarked;
