package dev.acey.simulation.reference;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import dev.acey.simulation.Chatter;
import dev.acey.simulation.simulate.LogServiceStub;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = LogServiceStub.class, scope = TestResourceScope.GLOBAL)
class PinTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/simulate/reference/";

    PostgresServer postgres;
    WireMockServer logService;

    @AfterEach
    void unpin() {
        logService.resetAll();
        postgres.execute("DELETE FROM simulation.style_reference");
    }

    @Test
    void aSimulationsLoggedOutputsBecomeTheReferenceAndLaterVoicesAreHeldAgainstIt() {
        String first = simulate(0, 100, ".");

        pin("game", "{\"simulationId\":\"" + first + "\",\"actor\":\"ann\"}")
                .statusCode(200)
                .body("taskType", is("game"))
                .body("outputs", is(100))
                .body("pinnedBy", is("ann"))
                .body("pinnedAt", notNullValue())
                .body("source.simulationId", is(first));

        given().get("/api/simulate/" + simulate(1_000, 110, "."))
                .then()
                .body("referenceDrift.tasks.game.drifted", is(false))
                .body("verdict", is("pass"));
        given().get("/api/simulate/" + simulate(1_000, 110, "!"))
                .then()
                .body("referenceDrift.tasks.game.drifted", is(true))
                .body("referenceDrift.overall.pValue", is(0.001f))
                .body("reasons", hasItem(containsString("is not that of the pinned reference")));
    }

    @Test
    void whatIsNotPinnedIsNotHeldAgainst() {
        given().get("/api/simulate/" + simulate(0, 60, "."))
                .then()
                .body("referenceDrift", nullValue());
    }

    @Test
    void aReferenceIsShownReplacedAndUnpinnedOnTheRecord() {
        String simulation = simulate(0, 70, ".");
        String before = audited();
        pin("game", "{\"simulationId\":\"" + simulation + "\"}").statusCode(200);
        pin("game", "{\"simulationId\":\"" + simulation + "\"}").statusCode(200);

        given().get(PATH + "game").then().statusCode(200).body("pinnedBy", is("anonymous"));
        given().get("/api/simulate/reference")
                .then()
                .statusCode(200)
                .body("references.taskType", is(List.of("game")));
        given().delete(PATH + "game").then().statusCode(204);
        given().delete(PATH + "game").then().statusCode(404);
        given().get(PATH + "game").then().statusCode(404);
        assertEquals(Integer.parseInt(before) + 3 + "", audited());
    }

    @Test
    void aReferenceHoldsNothingOfWhatWasSaid() {
        pin("game", "{\"simulationId\":\"" + simulate(0, 70, ".") + "\"}").statusCode(200);

        String stored =
                postgres.query(
                        "SELECT convert_from(sample, 'UTF8') FROM simulation.style_reference");

        assertFalse(stored.contains("river"));
    }

    @Test
    void tooFewOutputsAreRefused() {
        pin("game", "{\"simulationId\":\"" + simulate(0, 59, ".") + "\"}")
                .statusCode(422)
                .body("detail", containsString("There are 59 such outputs"));
        pin("game", "{\"simulationId\":\"0192c0de-0000-7000-8000-000000000000\"}").statusCode(422);
        pin("audio", "{\"simulationId\":\"" + simulate(0, 70, ".") + "\"}").statusCode(422);
    }

    @Test
    void withoutLogServiceNothingIsPinned() {
        logService.stubFor(any(urlMatching(".*")).willReturn(aResponse().withStatus(503)));

        pin("game", "{}").statusCode(503).header("Retry-After", notNullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"sampleSize\":59}; /sampleSize",
                "{\"sampleSize\":1001}; /sampleSize",
                "{\"from\":\"soon\"}; /from",
                "{\"from\":\"2026-01-02\",\"to\":\"2026-01-01\"}; /to",
                "{\"simulationId\":\"none\"}; /simulationId",
                "{\"simulationId\":\"0192c0de-0000-7000-8000-000000000000\",\"seed\":1}; /simulationId",
                "{\"seed\":1.5}; /seed",
                "{\"actor\":\"\"}; /actor",
                "{\"size\":100}; /size",
                "[]; ''",
                "null; ''"
            })
    void badInputIsRefused(String body, String pointer) {
        pin("game", body).statusCode(400).body("errors[0].pointer", is(pointer));
    }

    @Test
    void aTaskTypeThatIsNoneIsRefused() {
        pin("Game", "{}").statusCode(400).body("errors[0].pointer", is("/taskType"));
    }

    private String audited() {
        return postgres.query(
                "SELECT count(*) FROM simulation.audit WHERE action LIKE 'style.%'"
                        + " AND subject = 'task:game'");
    }

    private static ValidatableResponse pin(String task, String body) {
        return given().contentType("application/json").body(body).put(PATH + task).then();
    }

    /** The id of a simulation of so many prompts, whose candidate ends its sentences so. */
    private static String simulate(int from, int count, String ending) {
        ObjectNode request = JSON.createObjectNode();
        ArrayNode logs = request.putArray("logs");
        for (int i = from; i < from + count; i++) {
            ObjectNode log = logs.addObject().put("taskType", "game").put("llmPrompt", "p" + i);
            log.putObject("aceyOutput").put("speech", Chatter.line(i)).putArray("intents");
            log.putObject("candidateOutput")
                    .put("speech", Chatter.line(i).replace(".", ending))
                    .putArray("intents");
        }
        return given().contentType("application/json")
                .body(request.toString())
                .post("/api/simulate")
                .then()
                .statusCode(200)
                .body("state", is("completed"))
                .extract()
                .path("id");
    }
}
