package dev.acey.log.rollup;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import dev.acey.log.store.Days;
import dev.acey.log.store.Where;
import dev.acey.log.tally.Count;
import dev.acey.log.tally.Sum;
import dev.acey.log.tally.Tally;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures are what counting the entries themselves would give, whatever was folded of them. */
@QuarkusTest
@LogDatabase
class RollupsTest {

    private static final Instant LONG_AGO = Instant.EPOCH;

    @Inject Pool pool;
    @Inject Clock clock;
    @Inject Deltas deltas;
    @Inject MeterRegistry metrics;
    @Inject Rollups rollups;
    @Inject Folding folding;
    PostgresServer postgres;

    private final Random random = new Random(7);
    private final List<Entry> stored = new ArrayList<>();

    private record Entry(UUID id, Instant at) {}

    @Test
    void figuresAreThoseOfTheEntriesBeforeAndAfterFolding() throws Throwable {
        String task = newTask();
        for (int round = 0; round < 4; round++) {
            store(task, 120);
            check(task);
            decideSome();
            giveFeedbackOnSome();
            eraseSome();
            check(task);
            if (round != 2) {
                fold();
            }
            check(task);
        }
    }

    @Test
    void anEntryThatArrivesAgainCountsOnce() throws Throwable {
        String task = newTask();
        String lines = lines(task, 50);
        bulk("/api/logs", lines).then().body("accepted", equalTo(50));
        String more = lines + "\n" + lines(task, 50);
        bulk("/api/logs", more).then().body("accepted", equalTo(50));
        assertEquals(100, all(task).count(Count.ENTRIES));
        check(task);
    }

    @Test
    void replicasThatFoldAtOnceCountEachDeltaOnce() throws Throwable {
        String task = newTask();
        for (int round = 0; round < 5; round++) {
            store(task, 200);
            List<Uni<Void>> replicas =
                    IntStream.range(0, 4)
                            .mapToObj(i -> new Folding(pool, clock, metrics).fold(clock.instant()))
                            .toList();
            VertxContextSupport.subscribeAndAwait(() -> Uni.join().all(replicas).andFailFast());
        }
        assertEquals(1_000, all(task).count(Count.ENTRIES));
        check(task);
    }

    /** The roll-up of hours cannot be written: neither is that of minutes, nor are deltas gone. */
    @Test
    void aStepThatBreaksInTheMiddleLosesAndDoublesNothing() throws Throwable {
        String task = newTask();
        store(task, 30);
        fold();
        postgres.execute(
                "ALTER TABLE log.rollup_hour ADD CONSTRAINT broken CHECK (false) NOT VALID");
        try {
            store(task, 30);
            assertThrows(Throwable.class, this::fold);
            check(task);
        } finally {
            postgres.execute("ALTER TABLE log.rollup_hour DROP CONSTRAINT broken");
        }
        fold();
        assertEquals(60, all(task).count(Count.ENTRIES));
        check(task);
    }

    @Test
    void aDayThatIsDroppedIsGoneFromTheFigures() throws Throwable {
        String task = newTask();
        Instant day = clock.instant().minus(Duration.ofDays(333));
        UUID id = UuidCreator.getTimeOrderedEpoch(day);
        bulk("/api/logs", line(task, id, day)).then().body("accepted", equalTo(1));
        assertEquals(1, all(task).count(Count.ENTRIES));
        fold();
        drop(day);
        assertEquals(0, all(task).count(Count.ENTRIES));
    }

    @Test
    void rollUpsFinerThanAnybodyReadsAreDeletedAndTheDayStays() throws Throwable {
        String task = newTask();
        Instant now = clock.instant();
        for (int days : new int[] {0, 1, 10, 95}) {
            Instant at = now.minus(Duration.ofDays(days));
            bulk("/api/logs", line(task, UuidCreator.getTimeOrderedEpoch(at), at))
                    .then()
                    .body("accepted", equalTo(1));
        }
        fold();
        Instant later = now.plus(Duration.ofDays(4));
        VertxContextSupport.subscribeAndAwait(() -> new Pruning(pool, clock).prune(later));
        String rows =
                "SELECT count(*) FROM log.%s r JOIN log.series s ON s.id = r.series"
                        + " WHERE task_type = '"
                        + task
                        + "'";
        assertEquals("0", postgres.query(rows.formatted("rollup_minute")));
        assertEquals("0", postgres.query(rows.formatted("rollup_ten_minutes")));
        assertEquals("3", postgres.query(rows.formatted("rollup_hour")));
        assertEquals("4", postgres.query(rows.formatted("rollup_day")));
        assertEquals(4, all(task).count(Count.ENTRIES));
    }

    private void drop(Instant day) throws Throwable {
        VertxContextSupport.subscribeAndAwait(
                () -> pool.withTransaction(tx -> rollups.dropDay(tx, Days.of(day))));
    }

    private void store(String task, int entries) {
        bulk("/api/logs", lines(task, entries)).then().body("accepted", equalTo(entries));
    }

    private String lines(String task, int entries) {
        return IntStream.range(0, entries)
                .mapToObj(
                        i -> {
                            Instant at = clock.instant().minusMillis(age());
                            UUID id = UuidCreator.getTimeOrderedEpoch(at);
                            stored.add(new Entry(id, at));
                            return line(task, id, at);
                        })
                .collect(Collectors.joining("\n"));
    }

    private long age() {
        Duration most =
                List.of(Duration.ofMinutes(3), Duration.ofDays(3), Duration.ofDays(120))
                        .get(random.nextInt(3));
        return (long) (random.nextDouble() * most.toMillis());
    }

    private String line(String task, UUID id, Instant at) {
        String[] parts = {
            "'controlDecision':'" + List.of("approved", "pending").get(random.nextInt(2)) + "'",
            "'error':{'type':'t'}",
            "'aceyOutput':{'speech':'a','intents':[{'type':'memory_proposal','confidence':0.%d}]}"
                    .formatted(random.nextInt(1, 10)),
            "'performance':{'responseTime':%s,'cost':0.25,'promptTokens':3,'completionTokens':5}"
                    .formatted(random.nextInt(5_000)),
            "'context':{'environment':'%s'}"
                    .formatted(List.of("live", "shadow").get(random.nextInt(2))),
            "'metadata':{'model':'m%d\\u0000'}".formatted(random.nextInt(3))
        };
        String some =
                IntStream.range(0, parts.length)
                        .filter(i -> random.nextBoolean())
                        .mapToObj(i -> "," + parts[i])
                        .collect(Collectors.joining());
        String which =
                random.nextBoolean() ? "'timestamp':'" + JsonConventions.format(at) + "'" : "";
        return entry(
                "{'taskType':'%s','llmPrompt':'x','id':'%s'%s%s}"
                        .formatted(task, id, which.isEmpty() ? "" : "," + which, some));
    }

    private void decideSome() {
        for (int i = 0; i < 5; i++) {
            Entry one = stored.get(random.nextInt(stored.size()));
            String decision =
                    List.of("approved", "rejected", "modified", "pending").get(random.nextInt(4));
            decide(one.id().toString(), entry("{'decision':'" + decision + "'}"))
                    .then()
                    .statusCode(200);
        }
    }

    private void giveFeedbackOnSome() {
        for (int i = 0; i < 10; i++) {
            Entry one = stored.get(random.nextInt(stored.size()));
            String value = List.of("true", "false", "0.5", "0.2").get(random.nextInt(4));
            given().contentType(ContentType.JSON)
                    .body(entry("{'metric':'helpful','value':" + value + "}"))
                    .post("/api/logs/" + one.id() + "/feedback")
                    .then()
                    .statusCode(201);
        }
    }

    private void eraseSome() throws Throwable {
        for (int i = 0; i < 20; i++) {
            Entry one = stored.remove(random.nextInt(stored.size()));
            VertxContextSupport.subscribeAndAwait(
                    () ->
                            pool.withTransaction(
                                    tx -> deltas.erased(tx, Days.of(one.at()), List.of(one.id()))));
            postgres.execute("DELETE FROM log.entry WHERE id = '%s'".formatted(one.id()));
        }
    }

    private void fold() throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> folding.fold(clock.instant()));
    }

    private void check(String task) throws Throwable {
        Instant now = clock.instant();
        check(task, LONG_AGO, now.plus(Duration.ofDays(1)));
        for (int i = 0; i < 8; i++) {
            Instant from = now.minusMillis(age());
            check(task, from, from.plusMillis(1 + age()));
        }
    }

    private void check(String task, Instant from, Instant to) throws Throwable {
        Instant now = clock.instant();
        List<Span> spans = Span.covering(from, to, now);
        Tally told = read(task, spans);
        String entries =
                " FROM log.entry WHERE task_type = '%s' AND ts >= '%s' AND ts < '%s'"
                        .formatted(task, spans.get(0).from(), spans.get(spans.size() - 1).to());
        String[] exact = exact(entries);
        int next = 0;
        for (Count count : Count.values()) {
            assertEquals(Long.parseLong(exact[next++]), told.count(count), count + " of " + spans);
        }
        for (Sum sum : Sum.values()) {
            assertEquals(
                    Double.parseDouble(exact[next++]), told.sum(sum), 1e-6, sum + " of " + spans);
        }
        double p95 = Double.parseDouble(exact[next]);
        double quantile = told.responseTime(0.95) == null ? -1 : told.responseTime(0.95);
        assertEquals(p95, quantile, Math.max(0.1, p95 / 100), "p95 of " + spans);
    }

    /** Each count, each sum and the p95 of these entries, in one look. */
    private String[] exact(String entries) {
        List<String> figures = new ArrayList<>();
        for (Count count : Count.values()) {
            figures.add(counted(count));
        }
        for (Sum sum : Sum.values()) {
            figures.add("coalesce(sum(" + sum + "), 0)");
        }
        figures.add("coalesce(percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time), -1)");
        return postgres.query("SELECT concat_ws(' ', " + String.join(", ", figures) + ")" + entries)
                .split(" ");
    }

    private static String counted(Count count) {
        return switch (count) {
            case ENTRIES -> "count(*)";
            case FAILED -> "count(*) FILTER (WHERE failed)";
            case APPROVED, MODIFIED, REJECTED, PENDING ->
                    "count(*) FILTER (WHERE decision = lower('" + count + "'))";
            case APPLICATIONS -> "count(*) FILTER (WHERE findings > 0)";
            case CONFIDENCES -> "count(confidence)";
            case RESPONSE_TIMES -> "count(response_time)";
            case FEEDBACK -> "coalesce(sum((%s)), 0)".formatted(feedback("TRUE"));
            case POSITIVE -> "coalesce(sum((%s)), 0)".formatted(feedback("score >= 0.5"));
            case PROMPT_TOKENS -> "coalesce(sum(prompt_tokens), 0)";
            case COMPLETION_TOKENS -> "coalesce(sum(completion_tokens), 0)";
        };
    }

    private static String feedback(String which) {
        return "SELECT count(*) FROM log.feedback f WHERE f.day = entry.day AND f.id = entry.id"
                + " AND score IS NOT NULL AND "
                + which;
    }

    private Tally all(String task) throws Throwable {
        Instant now = clock.instant();
        return read(task, Span.covering(LONG_AGO, now.plus(Duration.ofDays(1)), now));
    }

    private Tally read(String task, List<Span> spans) throws Throwable {
        Tally all = new Tally();
        VertxContextSupport.subscribeAndAwait(
                        () -> {
                            Where where = new Where();
                            where.and("task_type = " + where.argument(task));
                            return rollups.read(spans, List.of("task_type", "model"), where, 100);
                        })
                .forEach(group -> all.merge(group.tally()));
        return all;
    }
}
