package dev.acey.simulation.simulate;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import dev.acey.simulation.Chatter;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = LogServiceStub.class, scope = TestResourceScope.GLOBAL)
class SimulationSurvivalTest {

    private static final String PATH = "/api/simulate";
    private static final Duration SOON = Duration.ofSeconds(90);

    PostgresServer postgres;
    @Inject Simulations simulations;

    @Test
    void aRunThatIsCutOffEndsAsOneThatIsNot() throws IOException {
        byte[] body =
                Logs.bytes(
                        Logs.request(
                                3_000,
                                (i, log) ->
                                        log.set(
                                                "candidateOutput",
                                                Logs.output(Chatter.line(i + i % 5)))));
        String disturbed = begin(body);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> show(disturbed).<Integer>path("progress.done") > 0);

        postgres.stop();
        try {
            given().contentType("application/json")
                    .body(Logs.bytes(Logs.request(1)))
                    .post(PATH)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue());
        } finally {
            postgres.start();
        }

        awaitEnd(disturbed);
        String undisturbed = begin(body);
        awaitEnd(undisturbed);
        assertEquals(outcome(undisturbed), outcome(disturbed));
    }

    @Test
    void whatNobodyWillAskForIsDeletedAndNothingElse() {
        String id = begin(Logs.bytes(Logs.request(1)));
        awaitEnd(id);
        postgres.execute(
                "INSERT INTO simulation.simulation (id, request_hash, created_at) VALUES"
                        + " ('0192c0de-0000-7000-8000-000000000001', 'h', now() - interval '2 h'),"
                        + " ('0192c0de-0000-7000-8000-000000000002', 'h', now())");
        postgres.execute(
                "UPDATE simulation.simulation SET created_at = now() - interval '2 h'"
                        + " WHERE id = '"
                        + id
                        + "'");

        simulations.deleteOrphans().await().atMost(SOON);

        assertEquals(
                "1",
                postgres.query(
                        "SELECT count(*) FROM simulation.simulation WHERE id::text LIKE"
                                + " '0192c0de-%'"));
        given().get(PATH + "/" + id + "/cases").then().statusCode(200).body("cases.size()", is(1));
    }

    private static String begin(byte[] body) {
        return given().contentType("application/json")
                .header("Prefer", "respond-async")
                .body(body)
                .post(PATH)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static Response show(String id) {
        return given().get(PATH + "/" + id);
    }

    private static void awaitEnd(String id) {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> "completed".equals(show(id).path("state")));
    }

    private static JsonNode outcome(String id) throws IOException {
        ObjectNode simulation = (ObjectNode) Logs.JSON.readTree(show(id).asByteArray());
        return simulation.remove(List.of("id", "createdAt", "startedAt", "endedAt", "progress"));
    }
}
