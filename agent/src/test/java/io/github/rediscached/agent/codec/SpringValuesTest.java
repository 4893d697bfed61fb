package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.data.util.Streamable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.server.ResponseStatusException;

/** What methods of Spring applications return and throw, read by another JVM. */
class SpringValuesTest {

  interface Words extends Streamable<String> {}

  @Test
  void mapThatIgnoresCase() throws Exception {
    LinkedCaseInsensitiveMap<Object> map = new LinkedCaseInsensitiveMap<>(Locale.FRANCE);
    map.put("Name", "b");
    map.put("ID", 1);
    map.put("self", map);

    LinkedCaseInsensitiveMap<?> back = (LinkedCaseInsensitiveMap<?>) read(Map.class, map);

    assertEquals(List.of("Name", "ID", "self"), List.copyOf(back.keySet()));
    assertEquals(1, back.get("id"));
    assertSame(back, back.get("SELF"));
    assertEquals(Locale.FRANCE, back.getLocale());
    map.remove("self");
    Object copy = copy(map);
    assertEquals(map, copy);
    assertEquals("b", ((Map<?, ?>) copy).get("NAME"));
    assertEquals(Locale.FRANCE, ((LinkedCaseInsensitiveMap<?>) copy).getLocale());
  }

  @Test
  void rowsOfTheDatabase() throws Exception {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:mem:rows");
    List<Map<String, Object>> rows =
        new JdbcTemplate(source).queryForList("select 1 as ID, 'x' as NAME");
    List<?> back = (List<?>) read(List.class, rows);
    assertEquals(rows, back);
    assertEquals("x", ((Map<?, ?>) back.get(0)).get("Name"));
  }

  @Test
  void responsesWithHeaders() throws Exception {
    HttpHeaders headers = new HttpHeaders();
    headers.add("X-Trace", "a");
    headers.add("x-trace", "b");
    assertEquals(headers, read(HttpHeaders.class, headers));
    ResponseEntity<List<String>> entity =
        ResponseEntity.status(201).headers(headers).body(List.of("a"));
    ResponseEntity<?> back = (ResponseEntity<?>) read(ResponseEntity.class, entity);
    assertEquals(entity, back);
    assertEquals(List.of("a", "b"), back.getHeaders().get("X-TRACE"));
  }

  @Test
  void mediaTypes() throws Exception {
    MediaType type = MediaType.parseMediaType("text/plain;charset=utf-8;q=0.5");
    MediaType back = (MediaType) read(MediaType.class, type);
    assertEquals(type, back);
    assertEquals(StandardCharsets.UTF_8, back.getCharset());
    assertEquals(0.5, back.getQualityValue());
    assertSame(MediaType.TEXT_HTML, read(MediaType.class, MediaType.TEXT_HTML));
    ResponseEntity<String> entity = ResponseEntity.ok().contentType(type).body("a");
    assertEquals(type, entity.getHeaders().getContentType());
    ResponseEntity<?> read = (ResponseEntity<?>) read(ResponseEntity.class, entity);
    assertEquals(entity, read);
    assertEquals(type, read.getHeaders().getContentType());
  }

  @Test
  void clientsExceptions() throws Exception {
    HttpHeaders headers = new HttpHeaders();
    headers.add("Retry-After", "1");
    HttpClientErrorException notFound =
        HttpClientErrorException.create(
            HttpStatus.NOT_FOUND,
            "none",
            headers,
            "{\"no\":1}".getBytes(StandardCharsets.UTF_8),
            StandardCharsets.UTF_8);
    notFound.setBodyConvertFunction(type -> "body");

    HttpClientErrorException back =
        (HttpClientErrorException) thrown(HttpClientErrorException.class, notFound);

    assertEquals(HttpClientErrorException.NotFound.class, back.getClass());
    assertEquals("{\"no\":1}", back.getResponseBodyAsString());
    assertEquals(HttpStatus.NOT_FOUND, back.getStatusCode());
    assertEquals("1", Objects.requireNonNull(back.getResponseHeaders()).getFirst("retry-after"));
  }

  @Test
  void controllersExceptions() throws Exception {
    ResponseStatusException thrown = new ResponseStatusException(HttpStatus.NOT_FOUND, "no 7");
    thrown.getBody().setProperty("id", 7);
    ResponseStatusException back =
        (ResponseStatusException) thrown(ResponseStatusException.class, thrown);
    assertEquals("no 7", back.getReason());
    ProblemDetail detail = back.getBody();
    assertEquals(thrown.getBody(), detail);
    assertEquals(Map.of("id", 7), detail.getProperties());
  }

  @Test
  void streamables() throws Exception {
    List<String> words = new ArrayList<>(List.of("a", "b"));
    assertEquals(words, readList(Streamable.of(words)));
    assertEquals(words, readList(Streamable.of("a", "b")));
    assertEquals(List.of(), readList(Streamable.empty()));
    assertEquals(words, ((Streamable<?>) copy(Streamable.of(words))).toList());
    assertEquals(words, ((Streamable<?>) copy(Streamable.of("a", "b"))).toList());
  }

  @Test
  void streamablesOfCodeAreRefused() {
    Words lambda = () -> List.of("a").iterator();
    Streamable<String> ofLambda = Streamable.of(() -> List.of("a").iterator());
    Streamable<Integer> mapped = Streamable.of("a").map(String::length);
    for (Object value : List.of(lambda, ofLambda, mapped)) {
      assertThrows(UncacheableValueException.class, () -> read(Object.class, value));
    }
  }

  private static List<?> readList(Streamable<?> value) throws Exception {
    return ((Streamable<?>) read(Streamable.class, value)).toList();
  }

  private static Object read(Type declared, Object value) throws Exception {
    byte[] bytes = Codecs.write(Codecs.formatOf(declared), value);
    return Objects.requireNonNull(Codecs.read(Codecs.formatOf(declared), bytes));
  }

  private static Object thrown(Class<?> cached, Throwable thrown) throws Exception {
    byte[] bytes = Codecs.write(Codecs.formatOf(String.class, cached), thrown);
    return Objects.requireNonNull(Codecs.read(Codecs.formatOf(String.class, cached), bytes));
  }

  private static Object copy(Object value) throws Exception {
    ValueCodec codec = Codecs.of(SpringValuesTest.class.getClassLoader());
    Object copy = new GraphCopier(codec, 1_000).copy(value);
    assertNotNull(copy);
    return copy;
  }
}
