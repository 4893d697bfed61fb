package com.acme.largeshop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** What is sold. */
@Entity
public class Article {

  @Id @GeneratedValue private @Nullable Long id;
  private String title = "";
  private long cents;

  protected Article() {}

  Article(String title, long cents) {
    this.title = title;
    this.cents = cents;
  }

  public @Nullable Long getId() {
    return id;
  }

  public String getTitle() {
    return title;
  }

  public long getCents() {
    return cents;
  }
}
