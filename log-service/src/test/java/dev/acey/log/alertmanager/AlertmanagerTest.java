package dev.acey.log.alertmanager;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.acey.log.Calls;
import dev.acey.log.LogDatabase;
import dev.acey.log.alert.AlertStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@LogDatabase
class AlertmanagerTest {

    private static final String PATH = "/prefix/api/v2/alerts";

    @Inject AlertStore alerts;
    @Inject Vertx vertx;
    @Inject Clock clock;
    @Inject Pool pool;

    private final String task = Calls.newTask();
    private static final WireMockServer alertmanager =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private AlertmanagerSender sender;

    private record Settings(Optional<URI> url, Duration repeat) implements AlertmanagerSettings {}

    @BeforeAll
    static void anAlertmanager() {
        alertmanager.start();
    }

    @AfterAll
    static void isAway() {
        alertmanager.stop();
    }

    @BeforeEach
    void isWell() {
        alertmanager.resetAll();
        alertmanager.stubFor(post(PATH).willReturn(aResponse().withStatus(200)));
        sender =
                new AlertmanagerSender(
                        new Settings(
                                Optional.of(URI.create(alertmanager.baseUrl() + "/prefix")),
                                Duration.ofMillis(200)),
                        alerts,
                        vertx,
                        clock);
    }

    @AfterEach
    void nothingFires() {
        sender.stop(new ShutdownEvent());
        pool.query("DELETE FROM alert").executeAndAwait();
    }

    @Test
    void whatFiresIsToldAgainAndAgainAndWhatIsResolvedWithItsEnd() {
        UUID id = UUID.randomUUID();
        Instant since = Instant.parse("2026-01-15T04:05:06.000Z");
        fire(id, since);
        sender.start(new StartupEvent());
        await().until(() -> told().size() >= 3);
        JsonNode alert = told().get(0);
        assertEquals("AceyErrorRate", alert.at("/labels/alertname").asText());
        assertEquals("candidate", alert.at("/labels/variant").asText());
        assertEquals("critical", alert.at("/labels/severity").asText());
        assertEquals("0.2500", alert.at("/annotations/value").asText());
        assertEquals("2026-01-15T04:05:06.000Z", alert.path("startsAt").asText());
        assertTrue(Instant.parse(alert.path("endsAt").asText()).isAfter(since));

        Instant end = clock.instant().minusSeconds(5);
        pool.preparedQuery("UPDATE alert SET state = 'resolved', resolved_at = $2 WHERE id = $1")
                .executeAndAwait(Tuple.of(id, end.atOffset(java.time.ZoneOffset.UTC)));
        int before = told().size();
        await().until(() -> told().size() > before + 1);
        JsonNode resolved = told().get(told().size() - 1);
        assertEquals(alert.path("labels"), resolved.path("labels"));
        assertEquals(
                end.toEpochMilli(), Instant.parse(resolved.path("endsAt").asText()).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 503})
    void anAnswerThatIsNoYesIsTriedAgain(int status) {
        alertmanager.stubFor(
                post(PATH)
                        .inScenario("away")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(aResponse().withStatus(status))
                        .willSetStateTo("back"));
        fire(UUID.randomUUID(), clock.instant());
        sender.start(new StartupEvent());
        await().until(() -> told().size() >= 2);
    }

    private void fire(UUID id, Instant since) {
        pool.preparedQuery(
                        "INSERT INTO alert VALUES ($1, 'errorRate', $2, 'candidate', 'firing', 0.25,"
                                + " 0.05, $3, 0, NULL, NULL, NULL)")
                .executeAndAwait(Tuple.of(id, task, since.atOffset(java.time.ZoneOffset.UTC)));
    }

    /** This test's alert, as often as it was told. */
    private List<JsonNode> told() {
        List<JsonNode> told = new ArrayList<>();
        for (LoggedRequest request : alertmanager.findAll(postRequestedFor(urlEqualTo(PATH)))) {
            for (JsonNode alert : Calls.json(request.getBodyAsString())) {
                if (alert.at("/labels/taskType").asText().equals(task)) {
                    told.add(alert);
                }
            }
        }
        return told;
    }
}
