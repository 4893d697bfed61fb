package com.acme.shop.database;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings that begin with {@code shop.}
 *
 * @param databaseUrl see {@link DatabaseUrl#parse}
 * @param products how many of them an empty database is filled with; at least 1
 * @param users likewise
 * @param sales likewise
 */
@ConfigurationProperties("shop")
record ShopProperties(String databaseUrl, int products, int users, int sales) {}
