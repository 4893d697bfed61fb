package com.acme.calls;

import com.acme.console.Console;
import java.io.IOException;
import java.util.function.Supplier;

/** Calls the methods of {@link Catalogue}; each answer ends with how often the method has run. */
public final class Calls {

  private final Catalogue catalogue = new Catalogue();

  private Calls() {}

  public static void main(String[] arguments) throws IOException {
    new Calls().console().serve();
  }

  private Console console() {
    return new Console()
        .on("ttl", id -> catalogue.ttl(Integer.parseInt(id)) + runs("ttl"))
        .on("defaultTtl", id -> catalogue.defaultTtl(Integer.parseInt(id)) + runs("defaultTtl"))
        .on("expiring", id -> catalogue.expiring(Integer.parseInt(id)) + runs("expiring"))
        .on("sharedText", id -> catalogue.sharedText(Long.parseLong(id)) + runs("sharedText"))
        .on("sharedNumber", id -> catalogue.sharedNumber(Long.parseLong(id)) + runs("sharedNumber"))
        .on(
            "sharedNothing",
            id -> catalogue.sharedNothing(Long.parseLong(id)) + runs("sharedNothing"))
        .on("nothing", id -> catalogue.nothing(Integer.parseInt(id)) + runs("nothing"))
        .on(
            "nothingNotStored",
            id -> catalogue.nothingNotStored(Integer.parseInt(id)) + runs("nothingNotStored"))
        .on("failing", message -> failing(new IllegalStateException(message)))
        .on("missing", id -> missing(id, new NoSuchProductException(Integer.parseInt(id))))
        .on("sold", id -> missing(id, new NoSuchProductException.Sold(Integer.parseInt(id))))
        .on("missingForOtherReasons", id -> missing(id, new IOException("disk")))
        .on("conditional", id -> catalogue.conditional(Integer.parseInt(id)) + runs("conditional"))
        .on("unless", text -> catalogue.unless(text) + runs("unless"))
        .on("unlessFails", id -> catalogue.unlessFails(Integer.parseInt(id)) + runs("unlessFails"))
        .on("putFails", id -> catalogue.putFails(Integer.parseInt(id)))
        .on("tagsFail", id -> catalogue.tagsFail(Integer.parseInt(id)) + runs("tagsFail"))
        .on("keyed", mood -> catalogue.keyed(new User("ada", mood), 3) + runs("keyed"))
        .on("traced", trace -> catalogue.traced(7, trace) + runs("traced"))
        .on("text", length -> catalogue.text(Integer.parseInt(length)).length() + runs("text"))
        .on("byCriterion", text -> catalogue.byCriterion(text) + runs("byCriterion"))
        .on("byLambda", text -> byLambda(() -> text))
        .on("plain", id -> catalogue.plain(id) + runs("plain"))
        .on("plainInterrupted", this::plainInterrupted);
  }

  private String runs(String method) {
    return " #" + catalogue.runs(method);
  }

  private String failing(RuntimeException thrown) {
    try {
      return catalogue.failing(thrown);
    } catch (RuntimeException caught) {
      return (caught == thrown ? "the same " : "another ") + caught.getMessage() + runs("failing");
    }
  }

  private String missing(String id, Exception thrown) {
    try {
      return catalogue.missing(Integer.parseInt(id), thrown);
    } catch (Exception caught) {
      return (caught == thrown ? "the same " : "an equal ")
          + caught
          + (caught instanceof NoSuchProductException missing ? " " + missing.id() : "")
          + runs("missing");
    }
  }

  private String byLambda(Supplier<String> criterion) {
    return catalogue.byCriterion(criterion) + runs("byCriterion");
  }

  private String plainInterrupted(String id) {
    Thread.currentThread().interrupt();
    String result = catalogue.plain(id);
    boolean interrupted = Thread.interrupted();
    return result + (interrupted ? " interrupted" : " the interrupt is lost") + runs("plain");
  }
}
