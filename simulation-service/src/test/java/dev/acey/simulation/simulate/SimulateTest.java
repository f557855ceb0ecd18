package dev.acey.simulation.simulate;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.RolloutServiceResource;
import dev.acey.simulation.BadBodies;
import dev.acey.simulation.Chatter;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = LogServiceStub.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = RolloutServiceResource.class, scope = TestResourceScope.GLOBAL)
class SimulateTest {

    private static final String PATH = "/api/simulate";
    private static final String JSON_TYPE = "application/json";
    private static final Matcher<String> A_TIME =
            matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void aCandidateIsComparedWithWhatWasLogged() {
        ObjectNode request =
                Logs.request(
                        120,
                        (i, log) ->
                                log.set(
                                        "candidateOutput",
                                        Logs.output(Chatter.line(i).replace('.', '!'))));

        given().contentType(JSON_TYPE)
                .body(Logs.bytes(request))
                .post(PATH)
                .then()
                .statusCode(200)
                .contentType(JSON_TYPE)
                .body("id", notNullValue())
                .body("state", is("completed"))
                .body("verdict", is("fail"))
                .body("reasons[0]", containsString("game: the voice drifted"))
                .body("tasks.game.verdict", is("fail"))
                .body("candidateModel", nullValue())
                .body("gates", is(false))
                .body("statistics.totalLogs", is(120))
                .body("statistics.processedLogs", is(120))
                .body("statistics.approvals", is(120))
                .body("statistics.errors", is(0))
                .body("consistency.checked", is(0))
                .body("consistency.notCheckable", is(120))
                .body("flips.rate", is(0.0f))
                .body("flips.interval", hasSize(2))
                .body("flips.cases", empty())
                .body("comparison.rejectionRate.level", is(0.95f))
                .body("comparison.rejectionRate.interval", hasSize(2))
                .body("comparison.responseTime", is(Map.of()))
                .body("comparison.confidence", is(Map.of()))
                .body("drift.pValue", is(0.001f))
                .body("drift.drifted", is(true))
                .body("drift.features[0].name", is("exclamation marks per sentence"))
                .body("correctness.schemaValid", nullValue())
                .body("correctness.failures", empty())
                .body("progress.done", is(120))
                .body("progress.total", is(120))
                .body("createdAt", A_TIME)
                .body("endedAt", A_TIME)
                .body("error", nullValue());
    }

    @Test
    void theSameSimulationTwiceDiffersInItsIdAndTimesAlone() throws IOException {
        byte[] body =
                Logs.bytes(
                        Logs.request(
                                70,
                                (i, log) ->
                                        log.set(
                                                "candidateOutput",
                                                Logs.output(Chatter.line(i + i % 3)))));

        ObjectNode one = completed(post(body));
        ObjectNode other = completed(post(body));

        assertNotEquals(one.get("id"), other.get("id"));
        assertEquals(outcome(one), outcome(other));
    }

    @Test
    void whatWasSimulatedIsStoredAndListed() {
        ObjectNode request =
                Logs.request(
                        7,
                        (i, log) ->
                                log.putObject("candidateOutput")
                                        .put("speech", "")
                                        .putArray("intents"));
        String id = post(Logs.bytes(request)).then().statusCode(200).extract().path("id");

        given().get(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("id", is(id))
                .body("drift", hasKey("pValue"))
                .body("drift.pValue", nullValue())
                .body("flips.count", is(7))
                .body("flips.cases[0].baseline", is("approved"))
                .body("flips.cases[0].candidate", is("rejected"));
        given().get(PATH + "?limit=1")
                .then()
                .statusCode(200)
                .body("simulations", hasSize(1))
                .body("simulations[0].id", is(id))
                .body("simulations[0].statistics.rejections", is(7))
                .body("nextCursor", notNullValue());
    }

    @Test
    void listsGoOnWhereThePageBeforeEnded() {
        IntStream.range(0, 3).forEach(i -> post(Logs.bytes(Logs.request(1))));

        Response first = given().get(PATH + "?limit=2");
        Response second = given().get(PATH + "?limit=2&cursor=" + first.path("nextCursor"));

        List<String> ids = first.path("simulations.id");
        List<String> older = second.path("simulations.id");
        assertEquals(2, ids.size());
        assertTrue(ids.stream().noneMatch(older::contains));
        assertTrue(ids.get(1).compareTo(older.get(0)) > 0);
    }

    @Test
    void casesAreShownInTheirOrderPageByPage() {
        String id = post(Logs.bytes(Logs.request(5))).path("id");
        String cases = PATH + "/" + id + "/cases";

        Response first = given().get(cases + "?limit=3");
        Response second = given().get(cases + "?limit=3&cursor=" + first.path("nextCursor"));

        first.then()
                .statusCode(200)
                .body("cases.position", contains(0, 1, 2))
                .body("cases[0].taskType", is("game"))
                .body("cases[0].consistency", is("not_checkable"))
                .body("cases[0].baseline.decision", is("approved"))
                .body("cases[0].candidate", nullValue())
                .body("cases[0].flipped", is(false));
        second.then().body("cases.position", contains(3, 4)).body("nextCursor", nullValue());
    }

    @Test
    void longWorkIsAnsweredWithAPlaceToLookWhereThatIsPreferred() {
        Response answer =
                given().contentType(JSON_TYPE)
                        .header("Prefer", "respond-async")
                        .body(Logs.bytes(Logs.request(3)))
                        .post(PATH);
        String id = answer.path("id");

        answer.then()
                .statusCode(202)
                .header("Preference-Applied", "respond-async")
                .header("Location", containsString(PATH + "/" + id))
                .body("state", is("running"))
                .body("$", hasKey("verdict"))
                .body("verdict", nullValue());
        await().atMost(SOON)
                .until(() -> given().get(PATH + "/" + id).path("state").equals("completed"));
    }

    @Test
    void itsEventsEndWithItsEnd() {
        String id = post(Logs.bytes(Logs.request(3))).path("id");

        String events =
                given().get(PATH + "/" + id + "/events")
                        .then()
                        .statusCode(200)
                        .contentType("text/event-stream")
                        .extract()
                        .asString();

        assertTrue(events.contains("\"state\":\"completed\""), events);
        assertTrue(events.contains("\"id\":\"" + id + "\""), events);
    }

    @Test
    void theSameKeyAndBodyAreOneSimulation() {
        String key = "workflow-1/" + UUID.randomUUID();
        byte[] body = Logs.bytes(Logs.request(2));

        List<String> ids =
                IntStream.range(0, 6)
                        .parallel()
                        .mapToObj(i -> post(body, key).then().statusCode(200).extract())
                        .map(answer -> answer.<String>path("id"))
                        .distinct()
                        .toList();

        assertEquals(1, ids.size());
    }

    @Test
    void theSameKeyWithAnotherBodyIsAConflict() {
        String key = "key-" + UUID.randomUUID();
        post(Logs.bytes(Logs.request(2)), key).then().statusCode(200);

        post(Logs.bytes(Logs.request(3)), key)
                .then()
                .statusCode(409)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blank", "", "ü"})
    void aKeyIsVisibleAscii(String key) {
        if (!key.isEmpty()) {
            post(Logs.bytes(Logs.request(1)), key)
                    .then()
                    .statusCode(400)
                    .body(containsString("Idempotency-Key"));
        }
        post(Logs.bytes(Logs.request(1)), "k".repeat(256)).then().statusCode(400);
    }

    @Test
    void anythingAClientMaySayIsStoredAndReadBack() {
        ObjectNode request =
                Logs.request(
                        1,
                        (i, log) -> {
                            log.put("llmPrompt", "Grüße \u0000 🎲").put("somethingElse", 17);
                            log.set("candidateOutput", Logs.output("\u0000 🎲"));
                        });

        post(Logs.bytes(request)).then().statusCode(200).body("state", is("completed"));
    }

    static Stream<Object[]> bad() {
        String log = "{\"taskType\":\"game\",\"llmPrompt\":\"p\",\"llmOutput\":\"o\"}";
        String logs = "{\"logs\":[" + log + "]";
        return Stream.of(
                row("{\"logs\":[", 400, "line 1"),
                row("", 400, "must be a JSON object"),
                row("[]", 400, "must be a JSON object"),
                row("null", 400, "must be a JSON object"),
                row(logs + "} {}", 400, "one JSON document"),
                row("{}", 400, "/logs"),
                row("{\"logs\":null}", 400, "/logs"),
                row("{\"logs\":{}}", 400, "/logs"),
                row("{\"logs\":[]}", 400, "/logs"),
                row(logs + ",\"select\":{}}", 400, "/select"),
                row(logs + ",\"logs\":[]}", 400, "not one JSON document"),
                row(logs + ",\"dryRun\":true}", 400, "/dryRun"),
                row("{\"logs\":[" + log + ",17]}", 400, "/logs/1"),
                row("{\"logs\":[" + log + ",{\"llmPrompt\":\"p\"}]}", 400, "/logs/1/taskType"),
                row(
                        "{\"logs\":[{\"taskType\":\"game\",\"llmPrompt\":\"\\ud800\"}]}",
                        400,
                        "/logs/0/llmPrompt"),
                row(
                        "{\"logs\":[" + log.replace("}", ",\"candidateOutput\":[]}") + "]}",
                        400,
                        "/logs/0/candidateOutput"),
                row(
                        "{\"logs\":["
                                + log.replace("}", ",\"candidateOutput\":{\"speech\":7}}")
                                + "]}",
                        400,
                        "/logs/0/candidateOutput/speech"),
                row(
                        "{\"logs\":["
                                + log.replace("}", ",\"candidateOutput\":{\"a\":\"\\ud800\"}}")
                                + "]}",
                        400,
                        "/logs/0/candidateOutput/a"),
                row(logs + ",\"config\":{\"dryRun\":false}}", 400, "/config/dryRun"),
                row(logs + ",\"config\":{\"autorules\":true}}", 400, "/config/autorules"),
                row(logs + ",\"config\":{\"autoRules\":\"yes\"}}", 400, "/config/autoRules"),
                row(logs + ",\"config\":{\"seed\":1.5}}", 400, "/config/seed"),
                row(logs + ",\"config\":{\"seed\":1e30}}", 400, "/config/seed"),
                row(logs + ",\"config\":[]}", 400, "/config"),
                row(logs + ",\"config\":{\"ruleSet\":\"latest\"}}", 400, "/config/ruleSet"),
                row(
                        logs + ",\"config\":{\"ruleSet\":\"sha256:" + "0".repeat(64) + "\"}}",
                        422,
                        "/config/ruleSet"),
                row(
                        logs + ",\"config\":{\"candidateModel\":\"Acey v2\"}}",
                        400,
                        "/config/candidateModel"),
                row(
                        logs + ",\"config\":{\"candidateModel\":\"nobodys\"}}",
                        422,
                        "/config/candidateModel"),
                row(
                        logs + ",\"config\":{\"baselineModel\":\"acey-v1\"}}",
                        400,
                        "/config/baselineModel"),
                row(logs + ",\"config\":{\"judgeModel\":\"nobodys\"}}", 422, "/config/judgeModel"),
                row(logs + ",\"config\":{\"budget\":{\"calls\":0}}}", 400, "/config/budget/calls"),
                row(
                        logs + ",\"config\":{\"budget\":{\"dollars\":-1}}}",
                        400,
                        "/config/budget/dollars"),
                row(
                        logs + ",\"config\":{\"budget\":{\"dollars\":1000001}}}",
                        400,
                        "/config/budget/dollars"),
                row(logs + ",\"config\":{\"budget\":{\"euros\":1}}}", 400, "/config/budget/euros"),
                row("{\"select\":{\"sampleSize\":0}}", 400, "/select/sampleSize"),
                row("{\"select\":{\"sampleSize\":10001}}", 400, "/select/sampleSize"),
                row("{\"select\":{\"sampleSize\":\"9\"}}", 400, "/select/sampleSize"),
                row("{\"select\":{\"taskType\":\"Game\"}}", 400, "/select/taskType"),
                row("{\"select\":{\"taskType\":[null]}}", 400, "/select/taskType"),
                row("{\"select\":{\"taskType\":7}}", 400, "/select/taskType"),
                row("{\"select\":{\"from\":\"soon\"}}", 400, "/select/from"),
                row(
                        "{\"select\":{\"from\":\"2026-01-02\",\"to\":\"2026-01-01\"}}",
                        400,
                        "/select/to"),
                row("{\"select\":{\"size\":10}}", 400, "/select/size"),
                row("{\"logs\":[" + "[".repeat(300), 400, "nested too deeply"),
                row("{\"logs\":[" + (log + ",").repeat(10_000) + log + "]}", 413, "/logs"),
                row("{\"logs\":[\"" + "a".repeat(10_000_000) + "\"]}", 400, "/logs/0"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badInputIsRefused(String body, int status, String mention) {
        BadBodies.refused(PATH, JSON_TYPE, body.getBytes(UTF_8), status, mention);
    }

    /** Refused by what the client announces, before it sends it. */
    @Test
    void aBodyThatIsTooLargeIsRefused() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String head =
                    "POST /api/simulate HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Type: application/json\r\nContent-Length: 33554433\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertEquals("HTTP/1.1 413", new String(answer, UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/simulate/none",
                "/api/simulate/0192c0de-0000-7000-8000-000000000000",
                "/api/simulate/0192c0de-0000-7000-8000-000000000000/cases",
                "/api/simulate/0192c0de-0000-7000-8000-000000000000/events",
                "/api/simulate/0192c0de-0000-7000-8000-000000000000/report"
            })
    void whatIsNotThereIsNotFound(String path) {
        given().accept("*/*")
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=1001",
                "?limit=ten",
                "?cursor=%00",
                "?cursor=nonsense",
                "?cursor=MTc"
            })
    void badPagesOfTheListAreRefused(String query) {
        given().get(PATH + query).then().statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?limit=-1", "?cursor=nonsense", "?cursor=LTE", "?cursor=OTk5OTk5OTk5OTk"})
    void badPagesOfCasesAreRefused(String query) {
        String id = post(Logs.bytes(Logs.request(1))).path("id");

        given().get(PATH + "/" + id + "/cases" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void otherMethodsAndTypesAreRefused() {
        given().put(PATH).then().statusCode(405).contentType("application/problem+json");
        BadBodies.refused(PATH, "application/x-ndjson", "{}".getBytes(UTF_8), 415, "media type");
    }

    private static Response post(byte[] body) {
        return given().contentType(JSON_TYPE).body(body).post(PATH);
    }

    private static Response post(byte[] body, String key) {
        return given().contentType(JSON_TYPE).header("Idempotency-Key", key).body(body).post(PATH);
    }

    private static ObjectNode completed(Response answer) throws IOException {
        answer.then().statusCode(200).body("state", is("completed"));
        return (ObjectNode) Logs.JSON.readTree(answer.asByteArray());
    }

    private static JsonNode outcome(ObjectNode simulation) {
        return simulation.remove(List.of("id", "createdAt", "startedAt", "endedAt"));
    }

    private static Object[] row(String body, int status, String mention) {
        return new Object[] {body, status, mention};
    }
}
