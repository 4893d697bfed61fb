package io.github.rediscached.agent.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request with what a test says of it. */
record Asked(
    String method,
    String path,
    @Nullable String query,
    Map<String, List<String>> sent,
    @Nullable String principal,
    @Nullable String session)
    implements RequestView {

  static Asked get(String path) {
    return new Asked("GET", path, null, Map.of(), null, null);
  }

  Asked with(String name, String... lines) {
    Map<String, List<String>> more = new LinkedHashMap<>(sent);
    more.put(name.toLowerCase(Locale.ROOT), List.of(lines));
    return new Asked(method, path, query, more, principal, session);
  }

  Asked by(@Nullable String user, @Nullable String itsSession) {
    return new Asked(method, path, query, sent, user, itsSession);
  }

  Asked query(String text) {
    return new Asked(method, path, text, sent, principal, session);
  }

  @Override
  public String uri() {
    return path;
  }

  @Override
  public String origin() {
    return "http://localhost:80";
  }

  @Override
  public List<String> fields(String name) {
    return sent.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public List<String> fieldNames() {
    return new ArrayList<>(sent.keySet());
  }

  @Override
  public List<String> cookieNames() {
    List<String> names = new ArrayList<>();
    for (String line : fields("Cookie")) {
      names.add(line.substring(0, line.indexOf('=')));
    }
    return names;
  }

  @Override
  public String application() {
    return "shop";
  }

  @Override
  public @Nullable String cookie(String name) {
    return name.equals("theme") ? "dark" : null;
  }
}
