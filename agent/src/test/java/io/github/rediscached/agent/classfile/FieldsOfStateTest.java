package io.github.rediscached.agent.classfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rediscached.agent.classfile.FieldFacts.Role;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields that look like memos and hold content. */
@SuppressWarnings("all") // Code as users write it.
class FieldsOfStateTest {

  private static Role role(Class<?> type, String field) {
    try {
      return FieldFacts.role(type.getDeclaredField(field));
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Id {}

  static class Stateful {
    @Id private @Nullable String id;
    private int counter;
    private boolean started;
    private @Nullable String started2;
    private @Nullable List<String> items;
    private @Nullable String name;
    private String status;
    private @Nullable String random;
    private @Nullable Instant createdAt;
    private @Nullable String builtByOther;
    private String byReflection;
    private String ofConstructor = "x".repeat(2);
    private long next;
    private final String title;
    private @Nullable String reset;
    private int seeded;

    Stateful(String title) {
      this.title = title;
    }

    String getId() {
      if (id == null) {
        id = title + "!";
      }
      return id;
    }

    int next() {
      if (counter == 0) {
        counter = title.length();
      }
      return counter++;
    }

    boolean start() {
      if (!started) {
        started2 = null;
        started = true;
      }
      return started;
    }

    List<String> getItems() {
      if (items == null) {
        items = new ArrayList<>();
      }
      return items;
    }

    String getName() {
      if (name == null) {
        name = title + "?";
      }
      return name;
    }

    void setName(String name) {
      this.name = name;
    }

    String getStatus() {
      if (status == null) {
        status = "NEW";
      }
      return status;
    }

    String random() {
      if (random == null) {
        random = UUID.randomUUID().toString();
      }
      return random;
    }

    void onCreate() {
      if (createdAt == null) {
        createdAt = Instant.now();
      }
    }

    String built() {
      if (builtByOther == null) {
        builtByOther = title + "#";
      }
      return builtByOther;
    }

    String ofConstructor() {
      if (ofConstructor == null) {
        ofConstructor = title + "#";
      }
      return ofConstructor;
    }

    long advance() {
      long current = next;
      if (current != 0) {
        next = Math.max(title.length(), 3);
      }
      return current;
    }

    int seeded(int seed) {
      if (seeded == 0) {
        seeded = seed * title.length();
      }
      return seeded;
    }
  }

  static class Builder {
    Stateful build(String text) {
      Stateful built = new Stateful(text);
      built.builtByOther = text;
      return built;
    }
  }

  @Test
  void stateIsNoMemo() {
    for (String field :
        List.of(
            "id",
            "counter",
            "started",
            "items",
            "name",
            "status",
            "random",
            "createdAt",
            "builtByOther",
            "byReflection",
            "next",
            "seeded")) {
      assertEquals(Role.GIVEN, role(Stateful.class, field), field);
    }
    assertEquals(Role.CONSTRUCTED, role(Stateful.class, "ofConstructor"));
    assertEquals(Role.CONSTRUCTED, role(Stateful.class, "title"));
  }
}
