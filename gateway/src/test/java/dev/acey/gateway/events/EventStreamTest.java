package dev.acey.gateway.events;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.gateway.MockServices;
import dev.acey.gateway.RawHttp;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.event.Event;
import dev.acey.kit.event.EventFeed;
import dev.acey.kit.event.Events;
import dev.acey.kit.event.FeedPosition;
import dev.acey.kit.test.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EventStreamTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06.123Z");

    @Inject Events outbox;
    @Inject EventFeed feed;
    @Inject Followed followed;
    @Inject Pool pool;

    @TestHTTPResource("/")
    URL gateway;

    MockServices services;
    PostgresServer postgres;

    @BeforeEach
    void quiet() {
        services.reset();
    }

    @Test
    void eventsOfEveryServiceAreOneStream() {
        try (RawHttp client = follow("/api/events?types=alert.*,rollout.*", null)) {
            client.skipUntil("connected");
            String alert = Told.by(Service.LOG, services, postgres, "alert.firing").get(0);
            String heard = client.readUntil("0.05}}");

            assertTrue(heard.contains("id:" + alert), heard);
            assertTrue(heard.contains("event:alert.firing"), heard);
            assertTrue(
                    heard.contains(
                            "data:{\"type\":\"alert.firing\","
                                    + "\"timestamp\":\"2026-01-15T04:05:06.123Z\","
                                    + "\"subject\":\"task:game\",\"data\":{"),
                    heard);

            String rollout =
                    Told.by(Service.ROLLOUT, services, postgres, "unwanted", "rollout.promoted")
                            .get(1);
            heard = client.readUntil("0.05}}");
            assertTrue(heard.contains("id:" + rollout), heard);
            assertFalse(heard.contains("unwanted"), heard);
        }
    }

    @Test
    void aClientThatComesBackGoesOnBehindTheLastEventItSaw() {
        Event first = append("resume.first");
        append("resume.second");
        append("resume.third");

        try (RawHttp client = follow("/api/events?types=resume.*", first.id().toString())) {
            String heard = client.readUntil("event:resume.third");

            assertFalse(heard.contains("resume.first"), heard);
            assertTrue(heard.contains("event:resume.second"), heard);
        }
    }

    @Test
    void anEventThatIsNotKeptAnyMoreIsBeforeAllThatAre() {
        append("kept.one");

        try (RawHttp client =
                follow(
                        "/api/events?types=kept.*",
                        Event.of("a", "a", node(), NOW).id().toString())) {
            client.skipUntil("event:kept.one");
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutOffAndCounted() {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        EventStreams streams = new EventStreams(feed, metrics, Duration.ofMillis(50));
        AtomicBoolean cut = new AtomicBoolean();

        streams.open(
                new Stalled(),
                new PlainSse(),
                EventFilter.ALL,
                FeedPosition.START,
                () -> cut.set(true));

        await().atMost(SOON).untilTrue(cut);
        assertEquals(1, metrics.counter("acey.events.cut.off").count());
        assertEquals(0, metrics.get("acey.events.clients").gauge().value());
    }

    @Test
    void manyFollowersCopyEachEventOnce() {
        for (int round = 0; round < 5; round++) {
            FeedPosition from = now(followed.position("log"));
            FeedPosition to = new FeedPosition(1, from.number() + 1);
            Event event = Event.of("copied.once", "s", node(), NOW);
            List<Uni<Void>> replicas =
                    java.util.stream.IntStream.range(0, 6)
                            .mapToObj(
                                    i ->
                                            followed.move(
                                                    "log",
                                                    from,
                                                    to,
                                                    c ->
                                                            outbox.append(
                                                                    c,
                                                                    Event.of(
                                                                            "copied.once",
                                                                            event.id().toString(),
                                                                            node(),
                                                                            NOW))))
                            .toList();
            now(Uni.join().all(replicas).andFailFast().replaceWithVoid());

            assertEquals(to, now(followed.position("log")));
            assertEquals(
                    "1",
                    postgres.query(
                            "SELECT count(*) FROM gateway.event WHERE subject = '"
                                    + event.id()
                                    + "'"));
        }
    }

    @Test
    void aFollowerThatDiesBeforeItsCommitHasFollowedNothing() {
        FeedPosition from = now(followed.position("dataset"));
        Event event = Event.of("never.told", "s", node(), NOW);

        assertThrows(
                IllegalStateException.class,
                () ->
                        now(
                                followed.move(
                                        "dataset",
                                        from,
                                        new FeedPosition(7, 7),
                                        c ->
                                                outbox.append(c, event)
                                                        .invoke(
                                                                () -> {
                                                                    throw new IllegalStateException(
                                                                            "killed");
                                                                }))));

        assertEquals(from, now(followed.position("dataset")));
        assertTrue(now(feed.positionOf(event.id())).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/events?types=Alert, , /types/0",
        "/api/events?types=alert.firing%2C, , /types/1",
        "/api/events, x, /Last-Event-ID",
        "/api/events, 1-2, /Last-Event-ID",
    })
    void whatIsWrongIsNamedBeforeTheStreamBegins(String path, String last, String pointer) {
        var request = given().urlEncodingEnabled(false);
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        request.get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", equalTo(List.of(pointer)));
    }

    @ParameterizedTest
    @CsvSource({
        "/internal/events",
        "/internal/events?after=0-0",
        "/%69nternal/events",
        "/internal",
        "//internal/events"
    })
    void whatServicesTellOneAnotherIsNotPassedOn(String path) {
        String answer = RawHttp.get(gateway.getPort(), path);

        assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
    }

    private RawHttp follow(String target, String last) {
        RawHttp client = new RawHttp(gateway.getPort());
        String resume = last == null ? "" : "Last-Event-ID: " + last + "\r\n";
        client.send(
                "GET "
                        + target
                        + " HTTP/1.1\r\nHost: g\r\nAccept: text/event-stream\r\n"
                        + resume
                        + "\r\n");
        return client;
    }

    private Event append(String type) {
        Event event = Event.of(type, "task:game", node(), NOW);
        now(pool.withTransaction(c -> outbox.append(c, event)));
        return event;
    }

    private static com.fasterxml.jackson.databind.JsonNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(SOON);
    }

    /** A client whose window is full. */
    private static final class Stalled implements SseEventSink {

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }

    private static final class PlainSse implements Sse {

        @Override
        public OutboundSseEvent.Builder newEventBuilder() {
            return new OutboundSseEventImpl.BuilderImpl();
        }

        @Override
        public SseBroadcaster newBroadcaster() {
            throw new UnsupportedOperationException();
        }
    }
}
