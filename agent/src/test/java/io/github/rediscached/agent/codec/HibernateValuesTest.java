package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Entities are cached as they are when they are loaded, and never loaded for the cache. */
class HibernateValuesTest {

  @Entity(name = "Shop")
  static class Shop {
    @Id int id;
    String name = "";

    @OneToMany(mappedBy = "shop", cascade = CascadeType.ALL)
    List<Product> products = new ArrayList<>();

    @ElementCollection Set<String> tags = new HashSet<>();

    @ElementCollection
    @MapKeyColumn(name = "k")
    Map<String, Integer> prices = new HashMap<>();
  }

  @Entity(name = "Product")
  static class Product {
    @Id int id;

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable Shop shop;
  }

  private static @Nullable SessionFactory factory;

  @BeforeAll
  static void fillDatabase() {
    factory =
        new Configuration()
            .addAnnotatedClass(Shop.class)
            .addAnnotatedClass(Product.class)
            .setProperty("hibernate.connection.url", "jdbc:h2:mem:codec;DB_CLOSE_DELAY=-1")
            .setProperty("hibernate.hbm2ddl.auto", "create")
            .buildSessionFactory();
    try (Session session = factory.openSession()) {
      var transaction = session.beginTransaction();
      Shop shop = new Shop();
      shop.id = 1;
      shop.name = "corner";
      shop.tags.addAll(Set.of("a", "b"));
      shop.prices.put("tea", 3);
      for (int i = 0; i < 3; i++) {
        Product product = new Product();
        product.id = i;
        product.shop = shop;
        shop.products.add(product);
      }
      session.persist(shop);
      transaction.commit();
    }
  }

  @AfterAll
  static void close() {
    sessionFactory().close();
  }

  @Test
  void uninitialisedProxyIsRefusedAndStaysUninitialised() {
    try (Session session = sessionFactory().openSession()) {
      Product product = session.find(Product.class, 1);
      Shop proxy = Objects.requireNonNull(product.shop);
      assertEquals(
          "The value holds at Product.shop a "
              + proxy.getClass().getTypeName()
              + ", a Hibernate proxy whose entity is not loaded yet. Load what the caller needs"
              + " before the method returns (JOIN FETCH, an entity graph), or return a DTO.",
          refusal(product));
      assertFalse(Hibernate.isInitialized(proxy));
    }
  }

  @Test
  void uninitialisedCollectionIsRefusedAndStaysUninitialised() {
    try (Session session = sessionFactory().openSession()) {
      Shop shop = session.find(Shop.class, 1);
      assertEquals(
          "The value holds at Shop.prices a org.hibernate.collection.spi.PersistentMap, a Hibernate"
              + " collection that is not loaded yet. Load what the caller needs before the method"
              + " returns (JOIN FETCH, an entity graph), or return a DTO.",
          refusal(shop));
      assertFalse(Hibernate.isInitialized(shop.prices));
    }
  }

  @Test
  void loadedEntitiesComeBackAsPlainObjectsAndCollections() throws Exception {
    Product product;
    try (Session session = sessionFactory().openSession()) {
      product = session.find(Product.class, 1);
      Shop shop = (Shop) Objects.requireNonNull(Hibernate.unproxy(product.shop));
      Hibernate.initialize(shop.products);
      Hibernate.initialize(shop.tags);
      Hibernate.initialize(shop.prices);
    }
    ValueFormat format = Codecs.formatOf(Product.class);
    byte[] bytes = Codecs.write(format, product);

    Product back = (Product) Codecs.read(Codecs.formatOf(Product.class), bytes);

    assertNotNull(back);
    Shop shop = Objects.requireNonNull(back.shop);
    assertEquals(Shop.class, shop.getClass());
    assertEquals("corner", shop.name);
    assertEquals(ArrayList.class, shop.products.getClass());
    assertEquals(3, shop.products.size());
    assertSame(back, shop.products.get(back.id));
    assertEquals(Set.of("a", "b"), shop.tags);
    assertEquals(HashSet.class, shop.tags.getClass());
    assertEquals(Map.of("tea", 3), shop.prices);
    assertEquals(HashMap.class, shop.prices.getClass());
  }

  private static SessionFactory sessionFactory() {
    return Objects.requireNonNull(factory);
  }

  private static String refusal(Object value) {
    return assertThrows(
            UncacheableValueException.class,
            () -> Codecs.write(Codecs.formatOf(Object.class), value))
        .getMessage();
  }
}
