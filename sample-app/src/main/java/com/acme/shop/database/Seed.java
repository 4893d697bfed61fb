package com.acme.shop.database;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The rows of a new shop: the same in every run and on every database.
 *
 * <p>Low ids are popular, as in real shops: a few products and users take part in most sales.
 */
final class Seed {

  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
  private static final int DAYS = 730;

  private static final List<String> STYLES =
      List.of(
          "Classic",
          "Modern",
          "Rustic",
          "Compact",
          "Folding",
          "Portable",
          "Sturdy",
          "Elegant",
          "Vintage",
          "Nordic",
          "Slim",
          "Handmade",
          "Everyday",
          "Premium",
          "Waterproof",
          "Quiet");
  private static final List<String> MATERIALS =
      List.of(
          "Oak",
          "Steel",
          "Bamboo",
          "Cotton",
          "Leather",
          "Glass",
          "Ceramic",
          "Linen",
          "Copper",
          "Walnut",
          "Cork",
          "Wool",
          "Aluminium",
          "Marble",
          "Canvas",
          "Rubber");
  private static final List<String> USES =
      List.of(
          "small flats",
          "long journeys",
          "rainy days",
          "busy mornings",
          "the whole family",
          "quiet evenings",
          "beginners",
          "professionals",
          "the garden",
          "the office");

  /** Category and what is sold in it. */
  private static final List<List<String>> CATEGORIES =
      List.of(
          List.of("bags", "Backpack", "Tote", "Suitcase", "Wallet"),
          List.of("bath", "Towel", "Mirror", "Basket", "Stool"),
          List.of("bedroom", "Bed", "Pillow", "Blanket", "Nightstand"),
          List.of("books", "Notebook", "Atlas", "Cookbook", "Diary"),
          List.of("camping", "Tent", "Hammock", "Stove", "Cooler"),
          List.of("clothing", "Jacket", "Scarf", "Shirt", "Belt"),
          List.of("cycling", "Helmet", "Pump", "Saddle", "Bell"),
          List.of("decoration", "Vase", "Frame", "Clock", "Candle"),
          List.of("dining", "Table", "Chair", "Plate", "Bowl"),
          List.of("garden", "Planter", "Rake", "Bench", "Lantern"),
          List.of("kitchen", "Knife", "Kettle", "Pan", "Grinder"),
          List.of("lighting", "Lamp", "Chandelier", "Torch", "Shade"),
          List.of("music", "Guitar", "Drum", "Stand", "Metronome"),
          List.of("office", "Desk", "Organiser", "Pen", "Shelf"),
          List.of("pets", "Leash", "Feeder", "Cushion", "Scratcher"),
          List.of("shoes", "Boot", "Sandal", "Sneaker", "Slipper"),
          List.of("sports", "Mat", "Racket", "Ball", "Bottle"),
          List.of("storage", "Box", "Crate", "Cabinet", "Hook"),
          List.of("tools", "Hammer", "Wrench", "Ladder", "Saw"),
          List.of("toys", "Puzzle", "Robot", "Kite", "Doll"));

  private static final List<String> FIRST_NAMES =
      List.of(
          "Ada", "Boris", "Chloé", "Dmitri", "Elif", "Farid", "Grace", "Hana", "Ivan", "Jun",
          "Kofi", "Lena", "Mateo", "Nadia", "Olga", "Priya");
  private static final List<String> LAST_NAMES =
      List.of(
          "Almeida", "Berg", "Castro", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ito",
          "Jansen", "Kovač", "López", "Müller", "Novak", "Okafor", "Petrov");
  private static final List<String> CITIES =
      List.of(
          "Amsterdam",
          "Berlin",
          "Kraków",
          "Lagos",
          "Lima",
          "Lisboa",
          "Malmö",
          "Nairobi",
          "Osaka",
          "Pune",
          "Toronto",
          "Zürich");

  private final int products;
  private final int users;
  private final int sales;

  Seed(int products, int users, int sales) {
    this.products = products;
    this.users = users;
    this.sales = sales;
  }

  /** Id, name, category, description, price. */
  Stream<Object[]> products() {
    return rows(products, this::product);
  }

  /** Id, name, e-mail address, city, day of joining. */
  Stream<Object[]> users() {
    return rows(users, this::user);
  }

  /** Id, product, user, quantity, unit price, day. */
  Stream<Object[]> sales() {
    return rows(sales, this::sale);
  }

  private Object[] product(long id) {
    var random = new SplittableRandom(id);
    List<String> category = CATEGORIES.get((int) (id % CATEGORIES.size()));
    String thing = category.get(1 + random.nextInt(category.size() - 1));
    String style = any(STYLES, random);
    String material = any(MATERIALS, random);
    String description =
        "%s %s of %s and %s, made for %s and for %s. Model %d."
            .formatted(
                style,
                thing.toLowerCase(Locale.ROOT),
                material.toLowerCase(Locale.ROOT),
                any(MATERIALS, random).toLowerCase(Locale.ROOT),
                any(USES, random),
                any(USES, random),
                id);
    return new Object[] {
      id, style + " " + material + " " + thing, category.get(0), description, price(id)
    };
  }

  private Object[] user(long id) {
    var random = new SplittableRandom(~id);
    String first = any(FIRST_NAMES, random);
    String last = any(LAST_NAMES, random);
    return new Object[] {
      id,
      first + " " + last,
      "user" + id + "@example.com",
      any(CITIES, random),
      FIRST_DAY.minusDays(random.nextInt(DAYS))
    };
  }

  private Object[] sale(long id) {
    var random = new SplittableRandom(id * 31);
    long product = popular(products, random);
    return new Object[] {
      id,
      product,
      popular(users, random),
      1 + random.nextInt(4),
      price(product),
      FIRST_DAY.plusDays(random.nextInt(DAYS))
    };
  }

  private static BigDecimal price(long product) {
    return BigDecimal.valueOf(199 + new SplittableRandom(product * 17).nextInt(50_000), 2);
  }

  private static long popular(int count, SplittableRandom random) {
    double place = random.nextDouble();
    return 1 + (long) (count * place * place);
  }

  private static String any(List<String> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }

  private static Stream<Object[]> rows(int count, LongFunction<Object[]> row) {
    return LongStream.rangeClosed(1, count).mapToObj(row);
  }
}
