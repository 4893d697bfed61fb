package com.acme.shop.catalogue;

import java.math.BigDecimal;

/** Something that is sold. */
record Product(long id, String name, String category, String description, BigDecimal price) {}
