package dev.acey.gateway.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.acey.gateway.MockServices;
import dev.acey.gateway.events.Told;
import dev.acey.gateway.upstream.Service;
import dev.acey.gateway.webhook.Destinations;
import dev.acey.gateway.webhook.Secret;
import dev.acey.gateway.webhook.TestSettings;
import dev.acey.gateway.webhook.WebhookSettings;
import dev.acey.kit.event.Event;
import dev.acey.kit.event.Events;
import dev.acey.kit.test.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DeliveryTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06.123Z");

    private static WireMockServer receiver;

    @Inject Events outbox;
    @Inject Pool pool;
    @Inject FanOut fanOut;
    @Inject DueDeliveries due;
    @Inject Receivers receivers;
    @Inject Destinations destinations;
    @Inject WebhookSettings settings;
    @Inject Clock clock;
    @Inject Vertx vertx;
    MockServices services;
    PostgresServer postgres;

    @BeforeAll
    static void listen() {
        receiver = new WireMockServer(wireMockConfig().dynamicPort().dynamicHttpsPort());
        receiver.start();
    }

    @AfterAll
    static void close() {
        receiver.stop();
    }

    @BeforeEach
    void none() {
        postgres.execute("DELETE FROM gateway.webhook");
        services.reset();
        receiver.resetAll();
    }

    @Test
    void whatAServiceTellsReachesTheReceiverSignedAsTheStandardSays() throws Exception {
        answers(aResponse().withStatus(204));
        String webhook = webhook("/hook?a=b", "alert.*");

        List<String> told =
                Told.by(Service.LOG, services, postgres, "alert.firing", "other", "alert.resolved");
        awaitStates(webhook, "delivered", "delivered");

        List<LoggedRequest> calls = receiver.findAll(postRequestedFor(urlEqualTo("/hook?a=b")));
        assertEquals(
                List.of(told.get(0), told.get(2)),
                calls.stream().map(c -> c.getHeader("webhook-id")).toList());
        for (LoggedRequest call : calls) {
            new Webhook(SECRET).verify(call.getBodyAsString(), headers(call));
            assertThrows(
                    WebhookVerificationException.class,
                    () -> new Webhook(SECRET).verify(call.getBodyAsString() + " ", headers(call)));
            assertEquals("application/json", call.getHeader("Content-Type"));
            assertEquals("localhost:" + receiver.port(), call.getHeader("Host"));
        }
        assertEquals(
                "{\"type\":\"alert.firing\",\"timestamp\":\"2026-01-15T04:05:06.123Z\","
                        + "\"subject\":\"task:game\",\"data\":{\"rule\":\"errorRate\","
                        + "\"value\":0.07,\"threshold\":0.05}}",
                calls.get(0).getBodyAsString());
        JsonPath list = deliveries(webhook);
        assertEquals(List.of("alert.resolved", "alert.firing"), list.getList("deliveries.type"));
        assertEquals(List.of(204, 204), list.getList("deliveries.status"));
        assertEquals(List.of(1, 1), list.getList("deliveries.attempts"));
    }

    @Test
    void aReceiverThatFailsIsTriedAgainUnderTheSameIdUntilTheDeliveryIsDead() throws Exception {
        answers(aResponse().withStatus(500).withBody("no\u0000 more"));
        String webhook = webhook("/hook", "*");
        append("some.thing");

        JsonPath list = awaitStates(webhook, "dead");

        assertEquals(4, list.getInt("deliveries[0].attempts"));
        assertEquals(500, list.getInt("deliveries[0].status"));
        assertEquals("the receiver answered 500", list.getString("deliveries[0].error"));
        assertEquals("no\ufffd more", list.getString("deliveries[0].answer"));
        List<LoggedRequest> calls = calls();
        assertEquals(4, calls.size());
        assertEquals(1, calls.stream().map(c -> c.getHeader("webhook-id")).distinct().count());
        for (LoggedRequest call : calls) {
            new Webhook(SECRET).verify(call.getBodyAsString(), headers(call));
        }
    }

    @Test
    void whatIsDeadCanBeSentAgain() {
        answers(aResponse().withStatus(400));
        String webhook = webhook("/hook", "*");
        append("some.thing");
        String id = awaitStates(webhook, "dead").getString("deliveries[0].id");
        answers(aResponse().withStatus(200));

        given().post("/api/webhooks/" + webhook + "/deliveries/" + id + "/redeliver")
                .then()
                .statusCode(202);

        JsonPath list = awaitStates(webhook, "delivered");
        assertEquals(1, list.getInt("deliveries[0].attempts"));
        assertEquals(1, calls().stream().map(c -> c.getHeader("webhook-id")).distinct().count());
    }

    @Test
    void aDeliveryThatIsUnderWayIsNotSentAgain() {
        String webhook = webhook("/hook", "*");
        answers(aResponse().withStatus(503).withHeader("Retry-After", "600"));
        append("some.thing");
        await().atMost(SOON).until(() -> !calls().isEmpty());
        String id = awaitStates(webhook, "pending").getString("deliveries[0].id");

        given().post("/api/webhooks/" + webhook + "/deliveries/" + id + "/redeliver")
                .then()
                .statusCode(409);
        given().post("/api/webhooks/" + webhook + "/deliveries/" + webhook + "/redeliver")
                .then()
                .statusCode(404);
    }

    @Test
    void aReceiverIsLeftAloneForAsLongAsItAsks() {
        answers(aResponse().withStatus(429).withHeader("Retry-After", "1800"));
        String webhook = webhook("/hook", "*");
        append("some.thing");
        await().atMost(SOON)
                .until(() -> deliveries(webhook).getList("deliveries.status").contains(429));

        assertEquals(
                "t",
                postgres.query(
                        "SELECT due_at > now() + interval '29 minutes' FROM gateway.delivery"
                                + " WHERE webhook_id = '"
                                + webhook
                                + "'"));
    }

    @Test
    void aReceiverThatIsGoneIsNotCalledAgain() {
        answers(aResponse().withStatus(410));
        String webhook = webhook("/hook", "*");
        append("some.thing");

        String id = awaitStates(webhook, "dead").getString("deliveries[0].id");
        append("another.thing");

        given().post("/api/webhooks/" + webhook + "/deliveries/" + id + "/redeliver")
                .then()
                .statusCode(409);
        assertTrue(
                given().get("/api/webhooks").jsonPath().getString("webhooks[0].disabledAt")
                        != null);
        awaitFanOut();
        awaitStates(webhook, "dead");
        assertEquals(1, calls().size());
        assertEquals(
                "webhook.disable",
                postgres.query(
                        "SELECT action FROM gateway.audit WHERE subject = 'webhook:"
                                + webhook
                                + "' ORDER BY seq DESC LIMIT 1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectionsAreNotFollowed(int status) {
        answers(aResponse().withStatus(status).withHeader("Location", "/elsewhere"));
        String webhook = webhook("/hook", "*");
        append("some.thing");

        awaitStates(webhook, "dead");

        assertEquals(
                List.of("/hook"), calls().stream().map(LoggedRequest::getUrl).distinct().toList());
    }

    @Test
    void ofAnAnswerOnlyTheBeginningIsKept() {
        answers(aResponse().withStatus(200).withBody("x".repeat(5_000_000)));
        String webhook = webhook("/hook", "*");
        append("some.thing");

        JsonPath list = awaitStates(webhook, "delivered");

        assertEquals(256, list.getString("deliveries[0].answer").length());
    }

    @Test
    void aReceiverThatNeverAnswersIsNotWaitedFor() {
        answers(aResponse().withFixedDelay(60_000));
        Receivers hasty =
                new Receivers(
                        vertx,
                        destinations,
                        TestSettings.patientFor(Duration.ofMillis(100)),
                        clock);

        Attempt attempt =
                hasty.call(taken("http://localhost:" + receiver.port())).await().atMost(SOON);

        assertEquals("no answer within 100 ms", attempt.error());
    }

    @Test
    void aReceiverThatHangsUpIsAFailureThatSaysSo() {
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        String webhook = webhook("/hook", "*");
        append("some.thing");

        assertEquals(
                "the connection broke before an answer",
                awaitStates(webhook, "dead").getString("deliveries[0].error"));
    }

    @Test
    void anAddressIsCheckedAgainAtEachAttempt() {
        answers(aResponse().withStatus(200));
        Receivers strict =
                new Receivers(
                        vertx,
                        new Destinations(TestSettings.allowing(false), "127.0.0.1"),
                        settings,
                        clock);

        Attempt attempt =
                strict.call(taken("http://localhost:" + receiver.port())).await().atMost(SOON);

        assertEquals("the receiver's name leads to an address that is not public", attempt.error());
        assertEquals(List.of(), calls());
    }

    @Test
    void aCertificateNobodyVouchesForIsNotTrusted() {
        answers(aResponse().withStatus(200));

        Attempt attempt =
                receivers
                        .call(taken("https://localhost:" + receiver.httpsPort()))
                        .await()
                        .atMost(SOON);

        assertEquals("the receiver's TLS is not to be trusted, or is none", attempt.error());
        assertEquals(List.of(), calls());
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        answers(aResponse().withStatus(200));
        String webhook = webhook("/hook", "*");
        append("some.thing");
        awaitStates(webhook, "delivered");
        postgres.execute(
                "UPDATE gateway.delivery SET ended_at = now() - interval '7 days 1 second'");
        append("another.thing");
        awaitStates(webhook, "delivered", "delivered");

        due.forgetOld().await().atMost(SOON);

        assertEquals(List.of("another.thing"), deliveries(webhook).getList("deliveries.type"));
    }

    @Test
    void whoListensNowhereIsSaidSo() {
        String webhook = webhookAt("http://127.0.0.1:1/", "*");
        append("some.thing");

        assertEquals(
                "the receiver takes no connection",
                awaitStates(webhook, "dead").getString("deliveries[0].error"));
    }

    @Test
    void aNameNobodyKnowsIsSaidSo() {
        String webhook = webhookAt("http://receiver.invalid/", "*");
        append("some.thing");

        assertEquals(
                "nobody knows the receiver's name",
                awaitStates(webhook, "dead").getString("deliveries[0].error"));
    }

    @Test
    void manyFollowersMakeOneDeliveryForEachEventAndWebhook() {
        answers(aResponse().withStatus(200));
        String one = webhook("/one", "*");
        String two = webhook("/two", "many.*");
        int events = 60;

        Uni<Void> writing =
                Multi.createFrom()
                        .range(0, events)
                        .onItem()
                        .transformToUniAndConcatenate(
                                i ->
                                        pool.withTransaction(
                                                c -> outbox.append(c, event("many." + "e" + i))))
                        .collect()
                        .last();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Cancellable> replicas =
                IntStream.range(0, 4)
                        .mapToObj(
                                i ->
                                        fanOut.step()
                                                .repeat()
                                                .indefinitely()
                                                .subscribe()
                                                .with(step -> {}, failures::add))
                        .toList();
        writing.await().atMost(SOON);
        awaitFanOut();
        replicas.forEach(Cancellable::cancel);

        assertEquals(List.of(), List.copyOf(failures));
        for (String webhook : List.of(one, two)) {
            assertEquals(
                    events + " " + events,
                    postgres.query(
                            "SELECT count(*) || ' ' || count(DISTINCT event_id)"
                                    + " FROM gateway.delivery WHERE webhook_id = '"
                                    + webhook
                                    + "'"));
        }
    }

    @Test
    void manyWorkersDeliverEachOnce() {
        answers(aResponse().withStatus(200));
        String webhook = webhook("/many", "*");
        List<DeliveryWorker> others =
                IntStream.range(0, 3)
                        .mapToObj(
                                i ->
                                        new DeliveryWorker(
                                                due,
                                                receivers,
                                                settings,
                                                clock,
                                                vertx,
                                                new SimpleMeterRegistry()))
                        .toList();
        others.forEach(worker -> worker.start(null));
        try {
            for (int i = 0; i < 30; i++) {
                append("some.thing");
            }
            await().atMost(SOON)
                    .until(
                            () ->
                                    postgres.query(
                                                    "SELECT count(*) FROM gateway.delivery WHERE"
                                                            + " state = 'delivered' AND webhook_id"
                                                            + " = '"
                                                            + webhook
                                                            + "'")
                                            .equals("30"));
        } finally {
            others.forEach(worker -> worker.stop(null));
        }
        // On a path of its own: a slow answer of a test before may be recorded during this one.
        List<LoggedRequest> calls = receiver.findAll(postRequestedFor(urlEqualTo("/many")));
        assertEquals(30, calls.size());
        assertEquals(30, calls.stream().map(c -> c.getHeader("webhook-id")).distinct().count());
    }

    @Test
    void aDeliveryWhoseWorkerDiedIsMadeByAnotherAndTheDeadOnesResultIsNotTaken() {
        answers(aResponse().withStatus(200));
        String webhook = webhook("/hook", "*");
        postgres.execute(
                """
                INSERT INTO gateway.delivery (id, webhook_id, event_id, type, body, attempts, due_at)
                VALUES (gen_random_uuid(), '%s', gen_random_uuid(), 'x', '{}', 1,
                  now() + interval '1 hour')
                """
                        .formatted(webhook));
        UUID id = UUID.fromString(deliveries(webhook).getString("deliveries[0].id"));
        DueDeliveries.Taken stale =
                new DueDeliveries.Taken(
                        id, UUID.fromString(webhook), "x", new byte[0], 1, 0, null, null);
        postgres.execute("UPDATE gateway.delivery SET due_at = now()");
        JsonPath list = awaitStates(webhook, "delivered");
        assertEquals(2, list.getInt("deliveries[0].attempts"));

        due.dead(stale, Attempt.unanswered("too late")).await().atMost(SOON);

        awaitStates(webhook, "delivered");
    }

    @Test
    void noLogLineTellsASecret() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        lines.add(line.getMessage() + List.of(parametersOf(line)));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger log = Logger.getLogger("dev.acey");
        Level before = log.getLevel();
        log.setLevel(Level.ALL);
        log.addHandler(handler);
        try {
            answers(aResponse().withStatus(500));
            String webhook = webhook("/hook", "*");
            append("some.thing");
            awaitStates(webhook, "dead");
        } finally {
            log.removeHandler(handler);
            log.setLevel(before);
        }
        assertFalse(lines.isEmpty());
        assertFalse(lines.toString().contains(SECRET.substring(6)), lines.toString());
    }

    private static DueDeliveries.Taken taken(String url) {
        UUID any = UUID.randomUUID();
        return new DueDeliveries.Taken(
                any, any, "x", new byte[0], 1, 1, URI.create(url), Secret.ofKey(new byte[24]));
    }

    private static Object[] parametersOf(LogRecord line) {
        return line.getParameters() == null ? new Object[0] : line.getParameters();
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        receiver.stubFor(any(anyUrl()).willReturn(answer));
    }

    private static List<LoggedRequest> calls() {
        return receiver.findAll(postRequestedFor(anyUrl()));
    }

    private static Map<String, List<String>> headers(LoggedRequest call) {
        return Map.of(
                "webhook-id", List.of(call.getHeader("webhook-id")),
                "webhook-timestamp", List.of(call.getHeader("webhook-timestamp")),
                "webhook-signature", List.of(call.getHeader("webhook-signature")));
    }

    private static String webhook(String path, String events) {
        return webhookAt("http://localhost:" + receiver.port() + path, events);
    }

    private static String webhookAt(String url, String events) {
        return given().contentType("application/json")
                .body(Map.of("url", url, "events", List.of(events), "secret", SECRET))
                .post("/api/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void append(String type) {
        pool.withTransaction(c -> outbox.append(c, event(type))).await().atMost(SOON);
    }

    private static Event event(String type) {
        return Event.of(type, "s", JsonNodeFactory.instance.objectNode(), NOW);
    }

    private static JsonPath deliveries(String webhook) {
        return given().get("/api/webhooks/" + webhook + "/deliveries").jsonPath();
    }

    private static JsonPath awaitStates(String webhook, String... states) {
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertEquals(
                                        List.of(states),
                                        deliveries(webhook).getList("deliveries.state")));
        return deliveries(webhook);
    }

    /** Everything told so far has been dealt with. */
    private void awaitFanOut() {
        await().atMost(SOON)
                .until(
                        () ->
                                postgres.query(
                                                "SELECT (SELECT max(seq) FROM gateway.event)::text"
                                                        + " = split_part(position, '-', 2)"
                                                        + " FROM gateway.followed"
                                                        + " WHERE feed = 'webhooks'")
                                        .equals("t"));
    }
}
