package io.github.rediscached.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.KeyIgnore;
import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import io.github.rediscached.RedisPut;
import io.github.rediscached.agent.call.MethodPlan;
import io.github.rediscached.agent.call.MethodPlan.CachePlan;
import io.github.rediscached.agent.call.MethodPlan.EvictPlan;
import io.github.rediscached.agent.call.MethodPlan.PutPlan;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import io.github.rediscached.agent.plan.NearOption;
import io.github.rediscached.agent.plan.PutOptions;
import io.github.rediscached.agent.plan.TestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From annotations and rules to the plans of methods: what is asked for, and where it counts. */
class RequestedMethodsTest {

  private static final ClassLoader LOADER = ClassLoader.getSystemClassLoader();

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final MethodReport report =
      new MethodReport(new AgentLog(new PrintStream(said, true, StandardCharsets.UTF_8)), () -> {});
  private final List<MethodRule> rules = new ArrayList<>();
  private final Plans plans = new Plans();
  private @Nullable Instrumenter instrumenter;

  record Product(long id, String code) {}

  static class Everything {

    @RedisCached(
        cache = "products",
        tags = {"all", "product:#{#id}", "owner:#{#result.code}"},
        refreshAfter = "1m",
        staleOnError = "1h",
        near = "10s",
        nearShare = true)
    @RedisEvict(cache = "counts")
    Product find(long id, @KeyIgnore String tracing) {
      return new Product(id, tracing);
    }

    @RedisEvict(
        cache = "products",
        key = "#p.id",
        tags = {"product:#{#p.id}", "code:#{#result}"},
        keyPattern = "shop:lists:#{#p.code}*",
        condition = "#result != null")
    @RedisEvict(cache = "counts", allEntries = true, onException = true)
    @RedisEvict(cache = "pages", beforeInvocation = true)
    String save(Product p) {
      return p.code();
    }

    @RedisPut(
        cache = "products",
        key = "#result.id",
        ttl = "5m",
        tags = "product:#{#p.id}",
        condition = "#p.id > 0",
        unless = "#result == null",
        cacheNull = false)
    Product put(Product p) {
      return p;
    }
  }

  @Test
  void whatIsCachedHasTagsAndItsLaterTimes() throws Exception {
    MethodPlan plan = plan(Everything.class, "find(JLjava/lang/String;)" + type(Product.class));
    CachePlan cached = plan.cached();

    assertNotNull(cached);
    assertEquals(
        new CacheOptions(
            "products",
            null,
            null,
            null,
            null,
            true,
            List.of(),
            List.of("all", "product:#{#id}", "owner:#{#result.code}"),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            new NearOption(true, Duration.ofSeconds(10), true)),
        cached.options());
    assertEquals(
        List.of(false, false, true), cached.tags().stream().map(tag -> tag.usesResult()).toList());
    assertEquals(List.of(0), plan.keyed());
    assertEquals(1, plan.evictions().size());
    assertEquals(
        3, report.instrumentedMethods().size(), "each method counts once, whatever it is for");
    assertEquals("", log());
  }

  @Test
  void aMethodMayHaveSeveralEvictions() throws Exception {
    List<EvictPlan> evictions =
        plan(Everything.class, "save(" + type(Product.class) + ")Ljava/lang/String;").evictions();

    assertEquals(
        List.of(
            new EvictOptions(
                "products",
                "#p.id",
                List.of("product:#{#p.id}", "code:#{#result}"),
                "shop:lists:#{#p.code}*",
                false,
                false,
                false,
                "#result != null"),
            new EvictOptions("counts", null, List.of(), null, true, false, true, null),
            new EvictOptions("pages", null, List.of(), null, false, true, false, null)),
        evictions.stream().map(EvictPlan::options).toList());
    assertNotNull(evictions.get(0).key());
    assertNotNull(evictions.get(0).condition());
    assertNotNull(evictions.get(0).keyPattern());
    assertEquals(2, evictions.get(0).tags().size());
  }

  @Test
  void aResultCanBePut() throws Exception {
    MethodPlan plan =
        plan(Everything.class, "put(" + type(Product.class) + ")" + type(Product.class));

    assertNull(plan.cached());
    PutPlan put = plan.puts().get(0);
    assertEquals(
        new PutOptions(
            "products",
            Duration.ofMinutes(5),
            "#result.id",
            "#p.id > 0",
            "#result == null",
            false,
            List.of("product:#{#p.id}")),
        put.options());
    assertNotNull(put.key());
    assertNotNull(put.condition());
    assertNotNull(put.unless());
    assertEquals(1, put.tags().size());
  }

  interface Store<T> {

    @RedisEvict(tags = "stored:#{#p0}")
    void store(T value);

    @RedisCached(cache = "stored")
    @RedisEvict(tags = "loaded")
    String load(String key, @KeyIgnore String tracing);

    @RedisPut(cache = "loaded")
    @RedisEvict(tags = "loaded")
    String reload(String key);
  }

  abstract static class Base implements Store<String> {

    @Override
    public String load(String key, String tracing) {
      return key;
    }

    @Override
    public String reload(String key) {
      return key;
    }
  }

  static class Codes extends Base {

    @Override
    public void store(String value) {}

    @Override
    @RedisEvict(cache = "own", key = "#key")
    public String load(String key, String tracing) {
      return key;
    }

    @Override
    @RedisEvict(cache = "own", key = "#key")
    public String reload(String key) {
      return key;
    }
  }

  @Test
  void annotationsOfAnInterfaceCountForThoseThatImplementIt() throws Exception {
    instrument(Store.class);
    instrument(Base.class);
    instrument(Codes.class);

    MethodPlan store = plans.get(LOADER, Codes.class.getName(), "store(Ljava/lang/String;)V");
    assertNotNull(store);
    assertEquals(List.of("stored:#{#p0}"), store.evictions().get(0).options().tags());
    assertNull(
        plans.get(LOADER, Codes.class.getName(), "store(Ljava/lang/Object;)V"),
        "the bridge calls the method, which would evict twice");
    MethodPlan inherited = load(Base.class);
    assertNotNull(inherited.cached());
    assertEquals(List.of("loaded"), inherited.evictions().get(0).options().tags());
    assertEquals(List.of(0), inherited.keyed());
    assertEquals("loaded", reload(Base.class).puts().get(0).options().cache());
    assertEquals(5, report.instrumentedMethods().size());
  }

  @Test
  void anOwnAnnotationStandsInForInheritedOnesOfItsKind() throws Exception {
    instrument(Store.class);
    instrument(Base.class);
    instrument(Codes.class);

    MethodPlan own = load(Codes.class);
    assertEquals("stored", Objects.requireNonNull(own.cached()).options().cache());
    assertEquals(1, own.evictions().size());
    assertEquals("own", own.evictions().get(0).options().cache());
    assertEquals(List.of(0), own.keyed());
    assertEquals("own", reload(Codes.class).evictions().get(0).options().cache());
    assertEquals(1, reload(Codes.class).puts().size());
  }

  private MethodPlan reload(Class<?> type) {
    MethodPlan plan =
        plans.get(LOADER, type.getName(), "reload(Ljava/lang/String;)Ljava/lang/String;");
    assertNotNull(plan);
    return plan;
  }

  private MethodPlan load(Class<?> type) {
    MethodPlan plan =
        plans.get(
            LOADER, type.getName(), "load(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;");
    assertNotNull(plan);
    return plan;
  }

  @Test
  void evictionsOfRulesAddToEachOtherAndToAnnotations() throws Exception {
    for (String methods : List.of("save(..)", "s*(..)")) {
      rules.add(new MethodRule(pattern(Everything.class, methods), tag(methods), "here"));
    }
    rules.add(new MethodRule(pattern(Everything.class, "save(..)"), TestOptions.DEFAULTS, "here"));
    MethodPlan save = plan(Everything.class, "save(" + type(Product.class) + ")Ljava/lang/String;");

    assertNotNull(save.cached());
    assertEquals(
        List.of("products", "counts", "pages", "null", "null"),
        save.evictions().stream().map(each -> each.options().cache() + "").toList());
    assertEquals("", log());
  }

  static class Warehouse {

    @RedisEvict(tags = "stock")
    int sell(int n) {
      return n;
    }

    int buy(int n) {
      return n;
    }

    int count(int n) {
      return n;
    }

    @RedisCached(cache = "own")
    @RedisEvict(tags = "stock")
    int both(int n) {
      return n;
    }

    @RedisPut(cache = "stock")
    int put(int n) {
      return n;
    }
  }

  @Test
  void aWildcardCachesNoMethodThatEvictsOrPuts() throws Exception {
    rules.add(new MethodRule(pattern(Warehouse.class, "*(int)"), TestOptions.DEFAULTS, "here"));
    rules.add(new MethodRule(pattern(Warehouse.class, "buy(..)"), tag("stock"), "here"));
    instrument(Warehouse.class);

    assertEquals(
        List.of("sell false", "buy false", "count true", "both true", "put false"),
        cachedMethodsOfWarehouse());
    String evicts =
        "it evicts, which a hit would leave out, and the rule for "
            + Warehouse.class.getName()
            + ".*(int) does not name it. To have it cached as well, name it in a rule before that"
            + " one.";
    assertEquals(
        "Warehouse.sell(int) is not cached: EVICTS\nWarehouse.buy(int) is not cached: EVICTS\n"
                .replace("EVICTS", evicts)
            + "Warehouse.put(int) is not cached: its result is put into a cache (`@RedisPut`), for"
            + " which it has to run on every call. Leave out one of the two.\n",
        log());
    assertEquals(3, report.rejectedMethods().size());
    assertEquals(5, report.instrumentedMethods().size());
  }

  @Test
  void aRuleThatNamesAMethodThatEvictsCachesIt() throws Exception {
    rules.add(new MethodRule(pattern(Warehouse.class, "sell(..)"), TestOptions.DEFAULTS, "here"));
    rules.add(new MethodRule(pattern(Warehouse.class, "buy(*)"), TestOptions.DEFAULTS, "here"));
    rules.add(new MethodRule(pattern(Warehouse.class, "*(int)"), TestOptions.DEFAULTS, "here"));
    rules.add(new MethodRule(pattern(Warehouse.class, "b*(..)"), tag("stock"), "here"));
    instrument(Warehouse.class);

    assertEquals(
        List.of("sell true", "buy true", "count true", "both true", "put false"),
        cachedMethodsOfWarehouse());
  }

  private List<String> cachedMethodsOfWarehouse() {
    List<String> methods = new ArrayList<>();
    for (String method : List.of("sell", "buy", "count", "both", "put")) {
      MethodPlan plan = plans.get(LOADER, Warehouse.class.getName(), method + "(I)I");
      assertNotNull(plan, method);
      methods.add(method + " " + (plan.cached() != null));
    }
    return methods;
  }

  static class Contradiction {

    @RedisCached
    @RedisPut(cache = "a")
    String find() {
      return "";
    }

    @RedisPut(cache = "a")
    String put() {
      return "";
    }
  }

  @Test
  void whatIsPutIsNeverCached() throws Exception {
    rules.add(new MethodRule(pattern(Contradiction.class, "put()"), TestOptions.DEFAULTS, "here"));
    instrument(Contradiction.class);

    assertEquals(
        """
        Contradiction.find() is not cached: its result is put into a cache (`@RedisPut`), for which \
        it has to run on every call. Leave out one of the two.
        Contradiction.put() is not cached: its result is put into a cache (`@RedisPut`), for which \
        it has to run on every call. Leave out one of the two.
        """,
        log());
    assertEquals(2, report.instrumentedMethods().size());
  }

  @Test
  void aRuleMayNameAnInterfaceWhoseImplementorsEvict() throws Exception {
    rules.add(
        new MethodRule(
            MethodPattern.parse(Plain.class.getName() + "+.change()"), tag("plain"), "here"));
    instrument(Plain.class);
    instrument(PlainImplementor.class);

    assertNotNull(plans.get(LOADER, PlainImplementor.class.getName(), "change()V"));
    assertEquals(1, report.instrumentedMethods().size());
    assertEquals("", log());
  }

  interface Plain {
    void change();
  }

  static class PlainImplementor implements Plain {
    @Override
    public void change() {}
  }

  interface Saved {
    @RedisCached
    String load(long id);

    @RedisEvict(tags = "a")
    void save();
  }

  /** Knows nothing of the interface. */
  static class Saver {
    public String load(long id) {
      return "";
    }

    public void save() {}
  }

  static class SavedByForeignCode extends Saver implements Saved {}

  @Test
  void codeOfASuperclassForWhichNobodyAskedIsReportedOnceForEachPurpose() throws Exception {
    instrument(Saved.class);
    instrument(Saver.class);
    instrument(SavedByForeignCode.class);
    assertEquals("", log());
    instrumentLoaded(SavedByForeignCode.class);
    instrumentLoaded(SavedByForeignCode.class);

    assertEquals(
        """
        SavedByForeignCode.load(long) is not cached: FOREIGN
        SavedByForeignCode.save() does not evict as asked: FOREIGN
        """
            .replace(
                "FOREIGN",
                "it has its code from a superclass for which nobody asked. Override it here, with a"
                    + " call of super, or annotate it there."),
        log().lines().sorted().collect(Collectors.joining("\n", "", "\n")));
    assertEquals(List.of(), report.instrumentedMethods());
  }

  /** Since it is public and its superclass is not, the compiler gives it methods of its own. */
  public static class VisibleByForeignCode extends Saver implements Saved {}

  @Test
  void methodsThatTheCompilerAddsToCallForeignCodeDoWhatIsAsked() throws Exception {
    instrument(Saved.class);
    instrument(Saver.class);
    instrument(VisibleByForeignCode.class);
    instrumentLoaded(VisibleByForeignCode.class);

    MethodPlan load =
        plans.get(LOADER, VisibleByForeignCode.class.getName(), "load(J)Ljava/lang/String;");
    MethodPlan save = plans.get(LOADER, VisibleByForeignCode.class.getName(), "save()V");
    assertNotNull(load, log());
    assertNotNull(load.cached());
    assertNotNull(save, log());
    assertEquals(1, save.evictions().size());
    assertEquals("", log());
  }

  @Test
  void forTheSakeOfOneClassNotAllClassesAreLookedAt() throws Exception {
    instrument(Saved.class);
    String saved = Saved.class.getName().replace('.', '/');
    ClassWriter incomplete = new ClassWriter(0);
    incomplete.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC,
        "com/acme/Incomplete",
        null,
        "java/lang/Object",
        new String[] {saved, "java/io/Serializable"});
    incomplete.visitEnd();

    Set<String> lookFor = instrument(incomplete.toByteArray(), null).lookFor();
    assertEquals(Set.of(saved, "com/acme/Incomplete"), lookFor);
  }

  /** Asks for its methods itself, so they are as the interface wants them. */
  static class AnnotatedSaver implements Saved {
    @Override
    @RedisCached(cache = "own")
    public String load(long id) {
      return "";
    }

    @Override
    public void save() {}
  }

  public static class VisibleByCodeThatIsAskedFor extends AnnotatedSaver {}

  @Test
  void methodsThatTheCompilerAddsDoNotRepeatWhatTheirTargetsDo() throws Exception {
    instrument(Saved.class);
    instrument(AnnotatedSaver.class);
    instrument(VisibleByCodeThatIsAskedFor.class);
    instrumentLoaded(VisibleByCodeThatIsAskedFor.class);

    String name = VisibleByCodeThatIsAskedFor.class.getName();
    assertNull(plans.get(LOADER, name, "load(J)Ljava/lang/String;"));
    assertNull(plans.get(LOADER, name, "save()V"));
    assertEquals(2, report.instrumentedMethods().size());
    assertEquals("", log());
  }

  static class Unusual {

    @RedisCached
    @RedisEvict(tags = "a")
    void voidMethod() {}

    @RedisEvict(tags = "a:#{#result}")
    CompletableFuture<String> later() {
      return CompletableFuture.completedFuture("");
    }

    @RedisPut(cache = "a")
    void nothingToPut() {}

    @RedisPut(cache = "a")
    CompletableFuture<String> putLater() {
      return CompletableFuture.completedFuture("");
    }

    @RedisEvict(tags = "a")
    native void byNativeCode();
  }

  @Test
  void aMethodThatCanNotBeCachedMayEvict() throws Exception {
    rules.add(new MethodRule(pattern(Unusual.class, "*()"), tag("a"), "here"));
    instrument(Unusual.class);

    assertEquals(
        List.of("later()", "nothingToPut()", "putLater()", "voidMethod()"),
        report.instrumentedMethods().stream()
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .toList());
    assertEquals(
        """
        Unusual.voidMethod() is not cached: it returns nothing (void). Remove it from the cached methods.
        Unusual.nothingToPut() does not put its result into a cache: it returns nothing (void). Return \
        what is to be stored.
        Unusual.putLater() does not put its result into a cache: it returns \
        java.util.concurrent.CompletableFuture, whose value comes later. Put the result of the \
        method that computes the value.
        Unusual.byNativeCode() does not evict as asked: it is native and has no code to change. Evict \
        in a method that calls it.
        """,
        log());
    assertEquals(4, report.rejectedMethods().size());
  }

  static class Mistaken {

    @RedisEvict
    void nothing() {}

    @RedisEvict(key = "#p0")
    void keyOnly(long id) {}

    @RedisEvict(allEntries = true)
    void allOnly() {}

    @RedisEvict(cache = "a", key = "#id", allEntries = true)
    void both(long id) {}

    @RedisEvict(cache = "a:b")
    void colon() {}

    @RedisEvict(cache = "a", condition = "#result", beforeInvocation = true)
    boolean tooEarly() {
      return true;
    }

    @RedisEvict(tags = "a:#{#result}", onException = true)
    boolean perhapsNone() {
      return true;
    }

    @RedisEvict(tags = {"fine", "a:#{#idd}"})
    @RedisEvict(tags = "good")
    void oneOfTwo(long id) {}

    @RedisEvict(keyPattern = "a:#{#id")
    void open(long id) {}

    @RedisPut(cache = "")
    String unnamed() {
      return "";
    }

    @RedisPut(cache = "a", ttl = "5")
    String ttl() {
      return "";
    }

    @RedisCached(ttl = "5m", refreshAfter = "5m")
    String never() {
      return "";
    }

    @RedisCached(staleOnError = "x")
    String stale() {
      return "";
    }
  }

  @Test
  void mistakesAreReportedWithReasonAndRemedy() throws Exception {
    instrument(Mistaken.class);

    String known =
        "#result is known only when the method has returned. Use it in `unless` or `tags`, or in an"
            + " eviction without `before-invocation` and `on-exception`.";
    assertEquals(
        """
        Mistaken.nothing() EVICT an eviction has none of `cache`, `tags` and `key-pattern`, so it says \
        not what to evict. Write one of them.
        Mistaken.keyOnly(long) EVICT `key` needs `cache`, the name of the cache that the entry is in. \
        Write both.
        Mistaken.allOnly() EVICT `all-entries` needs `cache`, the name of the cache to empty. Write both.
        Mistaken.both(long) EVICT `all-entries` empties the cache, whatever `key` says. Remove one of \
        the two.
        Mistaken.colon() EVICT `cache` is "a:b", but colons, braces and control characters would make \
        keys ambiguous. Write a name without them.
        Mistaken.tooEarly() EVICT `condition` is "#result": KNOWN
        Mistaken.perhapsNone() EVICT `tags` is "a:#{#result}": KNOWN
        Mistaken.oneOfTwo(long) EVICT `tags` is "a:#{#idd}": #idd is not known. Did you mean #id?
        Mistaken.open(long) EVICT `key-pattern` is "a:#{#id": it has a #{ without its }, or a quote \
        that does not end. Write expressions as #{...}, such as product:#{#p0}.
        Mistaken.unnamed() PUT `cache` is empty. Write the name of the cache that the result is put into.
        Mistaken.ttl() PUT `ttl` is "5", not a duration. Write a number and a unit, such as 10m.
        Mistaken.never() is not cached: `refresh-after` is PT5M, not shorter than `ttl` (PT5M), so \
        nothing would ever be refreshed. Write a shorter one, such as half of it.
        Mistaken.stale() is not cached: `stale-on-error` is "x", not a duration. Write a number and a \
        unit, such as 10m.
        """
            .replace("EVICT", "does not evict as asked:")
            .replace("PUT", "does not put its result into a cache:")
            .replace("KNOWN", known),
        log());
    assertEquals(1, report.instrumentedMethods().size(), "the good one of two evictions counts");
  }

  @Test
  void aRuleForAnEvictionThatMatchesNothingIsReportedBesideOneForACache() {
    MethodPattern pattern = MethodPattern.parse("com.acme.Missing.save(..)");
    report.unmatched(new MethodRule(pattern, TestOptions.DEFAULTS, "f:1"), "no such class.");
    report.unmatched(new MethodRule(pattern, tag("a"), "f:2"), "no such class.");

    assertEquals(
        List.of(
            "com.acme.Missing.save(..): no such class.",
            "com.acme.Missing.save(..) (eviction): no such class."),
        report.rejectedMethods());
  }

  enum Color {
    RED,
    GREEN;

    Color next() {
      return this == RED ? GREEN : RED;
    }

    static Color valueOf(String name, boolean ignored) {
      return valueOf(name);
    }
  }

  @Test
  void aWildcardDoesNotMeanWhatGivesTheConstantsOfAnEnum() throws Exception {
    rules.add(new MethodRule(pattern(Color.class, "*(..)"), tag("a"), "here"));
    rules.add(new MethodRule(pattern(Color.class, "value*(..)"), TestOptions.DEFAULTS, "here"));
    rules.add(new MethodRule(pattern(Color.class, "n*(..)"), TestOptions.DEFAULTS, "here"));
    instrument(Color.class);

    assertEquals(
        List.of("next()", "valueOf(java.lang.String,boolean)"),
        report.instrumentedMethods().stream()
            .map(name -> name.substring(name.lastIndexOf('$') + "Color.".length() + 1))
            .toList());
  }

  @Test
  void whatGivesTheConstantsOfAnEnumIsNeitherCachedNorEvicts() throws Exception {
    rules.add(new MethodRule(pattern(Color.class, "values()"), TestOptions.DEFAULTS, "here"));
    rules.add(
        new MethodRule(pattern(Color.class, "valueOf(String)"), TestOptions.DEFAULTS, "here"));
    rules.add(new MethodRule(pattern(Color.class, "values()"), tag("a"), "here"));
    instrument(Color.class);

    assertEquals(
        """
        Color.values() is not cached: CONSTANTS Remove it from the cached methods.
        Color.values() does not evict as asked: CONSTANTS Evict in a method that calls it.
        Color.valueOf(java.lang.String) is not cached: CONSTANTS Remove it from the cached methods.
        """
            .replace(
                "CONSTANTS",
                "it gives the constants of an enum, which are asked for while values are read from"
                    + " Redis."),
        log());
    assertEquals(List.of(), report.instrumentedMethods());
  }

  static class Version implements Comparable<Version>, Serializable {

    private static final long serialVersionUID = 1;

    @Override
    public int compareTo(Version other) {
      return 0;
    }

    String compareTo(Version first, Version second) {
      return "";
    }

    private Object readResolve() {
      return this;
    }

    private Object writeReplace() {
      return this;
    }

    /** Such as Groovy's classes have it, but this is none. */
    Object getProperty(String name) {
      return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other == this;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  @Test
  void aWildcardDoesNotMeanWhatMostClassesHave() throws Exception {
    rules.add(new MethodRule(pattern(Version.class, "*(..)"), TestOptions.DEFAULTS, "here"));
    instrument(Version.class);

    String name = Version.class.getName();
    assertEquals(
        List.of(
            name + ".compareTo(" + name + "," + name + ")",
            name + ".getProperty(java.lang.String)"),
        report.instrumentedMethods());
  }

  @Test
  void aNameInARuleMeansWhatAWildcardDoesNot() throws Exception {
    rules.add(new MethodRule(pattern(Version.class, "compareTo(..)"), TestOptions.DEFAULTS, ""));
    rules.add(new MethodRule(pattern(Version.class, "hashCode()"), TestOptions.DEFAULTS, ""));
    instrument(Version.class);

    assertEquals(3, report.instrumentedMethods().size());
  }

  static class Counter {

    void open(int hour) {}

    void close(int hour) {}

    void clean() {}

    int count(int hour) {
      return hour;
    }
  }

  @Test
  void whatAWildcardCantMeanTakesTwoLinesInTheLogHoweverManyMethodsThereAre() throws Exception {
    rules.add(new MethodRule(pattern(Counter.class, "*(..)"), TestOptions.DEFAULTS, "file:3"));
    instrument(Counter.class);
    instrument(Counter.class);

    assertEquals(1, report.instrumentedMethods().size());
    assertEquals(3, report.rejectedMethods().size());
    List<String> lines = log().lines().toList();
    assertEquals(2, lines.size(), log());
    assertTrue(
        lines.get(0).endsWith("it returns nothing (void). Remove it from the cached methods."));
    assertEquals(
        "[rediscached] WARN file:3: the rule for "
            + pattern(Counter.class, "*(..)")
            + " means more methods that can't do as it asks. `RejectedMethods` in JMX lists them"
            + " with the reasons. Name those that you mean.",
        lines.get(1));
  }

  @Test
  void aWildcardDoesNotMeanWhatGroovyAddsToItsClasses() throws Exception {
    rules.add(
        new MethodRule(MethodPattern.parse("com.acme.Script.*(..)"), TestOptions.DEFAULTS, ""));
    ClassWriter script = new ClassWriter(0);
    script.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC,
        "com/acme/Script",
        null,
        "java/lang/Object",
        new String[] {"groovy/lang/GroovyObject"});
    for (String method :
        List.of(
            "getMetaClass()Lgroovy/lang/MetaClass;",
            "getProperty(Ljava/lang/String;)Ljava/lang/Object;",
            "invokeMethod(Ljava/lang/String;Ljava/lang/Object;)Ljava/lang/Object;",
            "price(Ljava/lang/String;)Ljava/lang/Object;")) {
      int descriptor = method.indexOf('(');
      addMethod(script, method.substring(0, descriptor), method.substring(descriptor), 1, 3);
    }
    script.visitEnd();
    instrument(script.toByteArray(), null);

    assertEquals(List.of("com.acme.Script.price(java.lang.String)"), report.instrumentedMethods());
  }

  @Test
  void aMethodWithoutRoomForMoreLocalsOrStackIsRejected() throws Exception {
    rules.add(new MethodRule(MethodPattern.parse("com.acme.Full.*(..)"), TestOptions.DEFAULTS, ""));
    ClassWriter full = new ClassWriter(0);
    full.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "com/acme/Full", null, "java/lang/Object", null);
    addMethod(full, "fits", "()Ljava/lang/Object;", 65_532, 65_532);
    addMethod(full, "manyLocals", "()Ljava/lang/Object;", 1, 65_533);
    addMethod(full, "deepStack", "()Ljava/lang/Object;", 65_533, 1);
    full.visitEnd();
    instrument(full.toByteArray(), null);

    assertEquals(List.of("com.acme.Full.fits()"), report.instrumentedMethods());
    String reason =
        "it has so many local variables, or so much on its stack, that the JVM allows no more. Move"
            + " a part of it to another method.";
    assertEquals(
        List.of("com.acme.Full.deepStack(): " + reason, "com.acme.Full.manyLocals(): " + reason),
        report.rejectedMethods());
  }

  private static void addMethod(
      ClassWriter type, String name, String descriptor, int maxStack, int maxLocals) {
    MethodVisitor code = type.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
    code.visitCode();
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(maxStack, maxLocals);
    code.visitEnd();
  }

  private static MethodPattern pattern(Class<?> type, String methods) {
    return MethodPattern.parse(type.getName() + "." + methods);
  }

  private static EvictOptions tag(String tag) {
    return new EvictOptions(null, null, List.of(tag), null, false, false, false, null);
  }

  private MethodPlan plan(Class<?> type, String method) throws IOException {
    instrument(type);
    MethodPlan plan = plans.get(LOADER, type.getName(), method);
    assertNotNull(plan, log());
    return plan;
  }

  private void instrument(Class<?> type) throws IOException {
    instrument(type, null);
  }

  /** When all its supertypes are known. */
  private void instrumentLoaded(Class<?> type) throws IOException {
    instrument(type, type);
  }

  private void instrument(Class<?> type, @Nullable Class<?> loaded) throws IOException {
    try (InputStream in =
        type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      assertNotNull(in);
      instrument(in.readAllBytes(), loaded);
    }
  }

  private Instrumenter.Instrumented instrument(byte[] classFile, @Nullable Class<?> loaded) {
    Instrumenter present = instrumenter;
    if (present == null) {
      present =
          new Instrumenter(
              rules,
              new InheritableRequests(rules),
              plans,
              report,
              new RuleUse(rules, new ReportOnly(report)),
              new ReportOnly(report).missedWrites(),
              opened -> {},
              false);
      instrumenter = present;
    }
    return present.instrument(LOADER, loaded, classFile);
  }

  private static String type(Class<?> type) {
    return type.descriptorString();
  }

  /** Without what all lines have in common. */
  private String log() {
    return said.toString(StandardCharsets.UTF_8)
        .replace(System.lineSeparator(), "\n")
        .replace("[rediscached] WARN " + RequestedMethodsTest.class.getName() + "$", "");
  }
}
