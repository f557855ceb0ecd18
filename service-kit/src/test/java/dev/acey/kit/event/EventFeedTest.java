package dev.acey.kit.event;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "kit"))
class EventFeedTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06.123456Z");

    @Inject Events events;
    @Inject EventFeed feed;
    @Inject EventPruning pruning;
    @Inject Pool pool;
    PostgresServer postgres;

    @BeforeEach
    void empty() {
        postgres.execute("TRUNCATE kit.event");
    }

    @Test
    void anEventIsToldOverHttpAsItWasAppended() {
        Event event = event("first");
        append(event);

        given().get("/internal/events")
                .then()
                .statusCode(200)
                .body("events", hasSize(1))
                .body("events[0].id", equalTo(event.id().toString()))
                .body("events[0].type", equalTo("test.happened"))
                .body("events[0].subject", equalTo("first"))
                .body("events[0].data.text", equalTo("\u0000 ä \ud83d\ude00"))
                .body("events[0].at", equalTo("2026-01-15T04:05:06.123Z"));
    }

    @Test
    void pagesFollowOneAnotherByTheirNextPosition() {
        for (String subject : List.of("a", "b", "c")) {
            append(event(subject));
        }
        String next =
                given().get("/internal/events?limit=2")
                        .then()
                        .body("events.subject", equalTo(List.of("a", "b")))
                        .extract()
                        .path("next");
        String end =
                given().get("/internal/events?limit=2&after=" + next)
                        .then()
                        .body("events.subject", equalTo(List.of("c")))
                        .extract()
                        .path("next");
        given().get("/internal/events?after=" + end)
                .then()
                .body("events", hasSize(0))
                .body("next", equalTo(end));
    }

    @Test
    void anEventLivesAndDiesWithItsTransaction() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        now(
                                pool.withTransaction(
                                        c ->
                                                events.append(c, event("undone"))
                                                        .invoke(
                                                                () -> {
                                                                    throw new IllegalStateException(
                                                                            "no");
                                                                }))));
        append(event("done"));

        assertEquals(List.of("done"), subjects(FeedPosition.START));
    }

    @Test
    void aSessionAppendsAsAConnectionDoes() throws Throwable {
        Event event = event("of a session");
        VertxContextSupport.subscribeAndAwait(
                () ->
                        Panache.withTransaction(
                                () -> Panache.getSession().flatMap(s -> events.append(s, event))));

        assertEquals(List.of(event), page(FeedPosition.START).events());
    }

    @Test
    void anEventThatIsThereAlreadyIsNotToldAgain() {
        Event event = event("once");
        append(event);
        FeedPosition end = page(FeedPosition.START).next();
        append(event);

        assertEquals(List.of(), subjects(end));
        assertEquals(List.of("once"), subjects(FeedPosition.START));
    }

    @Test
    void whatCommitsLaterNeverAppearsBehindAPositionThatWasRead() {
        SqlConnection slow = now(pool.getConnection());
        Transaction open = now(slow.begin());
        now(events.append(slow, event("slow")));
        append(event("quick"));

        FeedPosition read = page(FeedPosition.START).next();
        assertEquals(FeedPosition.START, read);

        now(open.commit());
        now(slow.close());
        assertEquals(List.of("slow", "quick"), subjects(read));
    }

    @Test
    void transactionsAreInTheOrderOfTheirNumbersNotOfTheirDigits() {
        for (String subject : List.of("10", "9", "100")) {
            append(event(subject));
            postgres.execute(
                    "UPDATE kit.event SET xid = subject::xid8 WHERE subject = '" + subject + "'");
        }

        assertEquals(List.of("9", "10", "100"), subjects(FeedPosition.START));
        assertEquals(List.of("10", "100"), subjects(new FeedPosition(9, Integer.MAX_VALUE)));
    }

    @Test
    void aReaderAmongManyWritersMeetsEveryEventOnce() {
        int writers = 6;
        int transactions = 20;
        CompletableFuture<Void> writing =
                Multi.createFrom()
                        .range(0, writers)
                        .onItem()
                        .transformToUni(writer -> write("w" + writer, transactions))
                        .merge(writers)
                        .collect()
                        .last()
                        .replaceWithVoid()
                        .subscribeAsCompletionStage();

        List<Event> met = new ArrayList<>();
        FeedPosition position = FeedPosition.START;
        while (met.size() < writers * transactions * 2) {
            EventPage page = now(feed.after(position, 7, SOON));
            assertTrue(!page.events().isEmpty(), "the feed stopped after " + met.size());
            met.addAll(page.events());
            position = page.next();
        }
        writing.join();

        assertEquals(met.size(), new HashSet<>(met.stream().map(Event::id).toList()).size());
        assertEquals(
                met.stream().map(Event::id).toList(),
                now(feed.after(FeedPosition.START, 1000, Duration.ZERO)).events().stream()
                        .map(Event::id)
                        .toList());
        assertEquals(List.of(), subjects(position));
    }

    @Test
    void whoWaitsIsAnsweredWhenAnEventComes() {
        CompletableFuture<EventPage> waiting =
                feed.after(now(feed.end()), 10, SOON).subscribeAsCompletionStage();
        append(event("at last"));

        await().atMost(SOON).until(waiting::isDone);
        assertEquals("at last", waiting.join().events().get(0).subject());
    }

    @Test
    void whoWaitsInVainGetsAnEmptyPage() {
        FeedPosition end = now(feed.end());
        given().get("/internal/events?wait=0.2&after=" + end)
                .then()
                .statusCode(200)
                .body("events", hasSize(0))
                .body("next", equalTo(end.toString()));
    }

    @Test
    void thePositionOfAnEventIsBehindIt() {
        Event first = event("first");
        append(first);
        append(event("second"));

        FeedPosition position = now(feed.positionOf(first.id())).orElseThrow();

        assertEquals(List.of("second"), subjects(position));
        assertTrue(now(feed.positionOf(event("never").id())).isEmpty());
    }

    @Test
    void whatIsTooOldIsForgotten() {
        append(event("old"));
        postgres.execute("UPDATE kit.event SET stored_at = now() - interval '7 days 1 second'");
        append(event("young"));

        now(pruning.forgetAll());

        assertEquals(List.of("young"), subjects(FeedPosition.START));
    }

    @ParameterizedTest
    @CsvSource({
        "after=x, /after",
        "after=1, /after",
        "after=-1-1, /after",
        "after=1-1-1, /after",
        "after=1-9999999999999999999, /after",
        "limit=0, /limit",
        "limit=1001, /limit",
        "wait=-1, /wait",
        "wait=25.1, /wait",
        "wait=x, /wait"
    })
    void aParameterThatIsWrongIsNamed(String query, String pointer) {
        given().get("/internal/events?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", equalTo(List.of(pointer)))
                .body("status", is(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Alert", "alert.", ".firing", "alert..firing", "a-b", "1", "*"})
    void aTypeIsNamesJoinedByDots(String type) {
        assertThrows(
                IllegalArgumentException.class,
                () -> Event.of(type, "task:game", JsonNodeFactory.instance.objectNode(), NOW));
    }

    @Test
    void dataThatIsTooLargeIsRefused() {
        ObjectNode large = JsonNodeFactory.instance.objectNode().put("x", "y".repeat(16_384));
        Event event = Event.of("test.happened", "large", large, NOW);

        assertThrows(IllegalArgumentException.class, () -> append(event));
    }

    private Uni<Void> write(String writer, int transactions) {
        return Multi.createFrom()
                .range(0, transactions)
                .onItem()
                .transformToUniAndConcatenate(
                        n ->
                                pool.withTransaction(
                                        c ->
                                                events.append(c, event(writer + "a" + n))
                                                        .chain(() -> linger(c))
                                                        .chain(
                                                                () ->
                                                                        events.append(
                                                                                c,
                                                                                event(
                                                                                        writer + "b"
                                                                                                + n)))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> linger(SqlConnection connection) {
        return connection.query("SELECT pg_sleep(random() * 0.01)").execute().replaceWithVoid();
    }

    private void append(Event event) {
        now(pool.withTransaction(connection -> events.append(connection, event)));
    }

    private EventPage page(FeedPosition after) {
        return now(feed.after(after, 100, Duration.ZERO));
    }

    private List<String> subjects(FeedPosition after) {
        return page(after).events().stream().map(Event::subject).toList();
    }

    private static Event event(String subject) {
        return Event.of(
                "test.happened",
                subject,
                JsonNodeFactory.instance.objectNode().put("text", "\u0000 ä \ud83d\ude00"),
                NOW);
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(SOON);
    }
}
