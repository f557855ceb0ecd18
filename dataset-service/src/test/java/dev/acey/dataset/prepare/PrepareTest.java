package dev.acey.dataset.prepare;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.ServiceTest;
import dev.acey.kit.test.PostgresServer;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class PrepareTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String GUIDE =
            "{\"taskTypes\":[\"game\",\"website\"],\"minConfidence\":0.7,\"excludeRejected\":true}";

    FakeLogService logs;
    PostgresServer postgres;

    @BeforeEach
    void fill() {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            entries.add(Entries.good(i).put("taskType", i % 2 == 0 ? "game" : "website"));
        }
        entries.get(0).put("confidence", 0.6);
        entries.get(2).put("controlDecision", "rejected");
        entries.get(4).put("controlDecision", "pending");
        entries.get(6).putObject("error").put("type", "upstream_timeout");
        entries.get(8).putObject("context").put("environment", "test");
        entries.get(10).put("llmPrompt", "question 12");
        entries.get(10).set("aceyOutput", entries.get(12).get("aceyOutput"));
        logs.holds(entries);
    }

    @Test
    void theGuidesCommandGivesADatasetForEachTask() {
        JsonPath answer = prepared(GUIDE);

        assertEquals(Set.of("game", "website"), answer.getMap("datasets").keySet());
        assertEquals("completed", answer.getString("state"));
        assertEquals("game-dataset.jsonl", answer.getString("datasets.game.filename"));
        assertEquals("instruction", answer.getString("datasets.game.format"));
        assertEquals(14, answer.getInt("datasets.game.count"));
        assertEquals(20, answer.getInt("datasets.website.count"));
        assertEquals(
                "{lowConfidence=1, rejected=1, pending=1, duplicate=1, nearDuplicate=0, empty=0,"
                        + " invalid=2, overLimit=0}",
                answer.getMap("datasets.game.dropped").toString());
        assertEquals(40, answer.getInt("summary.totalLogs"));
        assertEquals(2, answer.getInt("summary.totalDatasets"));
        assertEquals(34, answer.getInt("summary.totalExamples"));
        assertEquals(40, answer.getInt("progress.done"));
        assertEquals(40, answer.getInt("progress.total"));

        String file =
                given().get(answer.getString("datasets.game.url"))
                        .then()
                        .statusCode(200)
                        .contentType("application/jsonl")
                        .extract()
                        .asString();
        assertEquals(14, file.lines().count());
        assertEquals(
                Set.of("instruction", "input", "output"),
                Set.copyOf(
                        JsonPath.from(file.lines().findFirst().orElseThrow()).getMap("").keySet()));
        assertEquals(answer.getInt("datasets.game.bytes"), file.length());
    }

    @Test
    void theSameLogsAndSettingsGiveTheSameBytesInANewVersion() {
        JsonPath once = prepared(GUIDE);
        JsonPath again = prepared(GUIDE);

        assertEquals(
                once.getString("datasets.game.sha256"), again.getString("datasets.game.sha256"));
        assertEquals(
                once.getInt("datasets.game.version") + 1, again.getInt("datasets.game.version"));
        given().get("/api/dataset/game-dataset.jsonl/manifest")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("version", equalTo(again.getInt("datasets.game.version")))
                .body("previousVersion.version", equalTo(once.getInt("datasets.game.version")))
                .body("previousVersion.sha256", equalTo(once.getString("datasets.game.sha256")));
    }

    @Test
    void theManifestSaysWhatWentInWhatDidNotAndWhatWasNotDone() {
        JsonPath answer = prepared(GUIDE);

        given().get("/api/dataset/game-dataset.jsonl/manifest")
                .then()
                .statusCode(200)
                .body("filename", equalTo("game-dataset.jsonl"))
                .body("jobId", equalTo(answer.getString("id")))
                .body("sha256", equalTo(answer.getString("datasets.game.sha256")))
                .body("count", equalTo(14))
                .body("settings.minConfidence", equalTo(0.7f))
                .body("settings.to", notNullValue())
                .body("source.read", equalTo(20))
                .body("source.firstLogId", equalTo(Entries.good(0).get("id").asText()))
                .body("source.lastLogId", equalTo(Entries.good(38).get("id").asText()))
                .body("source.ruleSets.'sha256:aa'", equalTo(20))
                .body("dropped.lowConfidence", equalTo(1))
                .body("droppedInDetail.invalid.failedCall", equalTo(1))
                .body("droppedInDetail.invalid.notLive", equalTo(1))
                .body("source.days.'2026-01-15'", equalTo(20))
                .body("quality.examples", equalTo(14))
                .body("quality.unreviewedShare", equalTo(1.0f))
                .body("quality.confidence.tenths[9]", equalTo(14))
                .body("taskBalance.website", equalTo(20))
                .body("conversion.instruction", containsString("Host the game"));
    }

    @Test
    void aTaskWithoutExamplesMakesNoVersionAndSaysWhy() {
        JsonPath before = prepared(GUIDE);
        JsonPath answer = prepared("{\"taskTypes\":[\"game\",\"audio\"],\"minConfidence\":0.95}");

        assertEquals(0, answer.getInt("datasets.game.count"));
        assertEquals(16, answer.getInt("datasets.game.dropped.lowConfidence"));
        assertNull(answer.getString("datasets.game.version"));
        assertNull(answer.getString("datasets.game.url"));
        assertEquals(0, answer.getInt("datasets.audio.count"));
        assertEquals(0, answer.getInt("summary.totalDatasets"));
        assertEquals(20, answer.getInt("summary.totalLogs"));
        given().get("/api/dataset/game-dataset.jsonl/manifest")
                .then()
                .body("version", equalTo(before.getInt("datasets.game.version")));
        given().get("/api/dataset/audio-dataset.jsonl").then().statusCode(404);
    }

    @Test
    void settingsAreAppliedAndShown() {
        JsonPath answer =
                prepared(
                        "{\"taskTypes\":[\"website\"],\"format\":\"chat\",\"maxExamples\":3,"
                                + "\"dateRange\":{\"from\":\"2026-01-15T04:00:03Z\","
                                + "\"to\":\"2026-01-15T04:00:15Z\"},\"redactPersonalData\":false,"
                                + "\"seed\":0,\"maxUnreviewedShare\":1}");

        assertEquals("chat", answer.getString("datasets.website.format"));
        assertEquals(3, answer.getInt("datasets.website.count"));
        assertEquals(3, answer.getInt("datasets.website.dropped.overLimit"));
        assertEquals("2026-01-15T04:00:03.000Z", answer.getString("settings.from"));
        assertEquals("2026-01-15T04:00:15.000Z", answer.getString("settings.to"));
        assertEquals(false, answer.getBoolean("settings.redactPersonalData"));
        List<String> prompts =
                given().get("/api/dataset/website-dataset.jsonl")
                        .asString()
                        .lines()
                        .map(line -> JsonPath.from(line).getString("messages[0].content"))
                        .toList();
        assertTrue(
                List.of(
                                "question 3",
                                "question 5",
                                "question 7",
                                "question 9",
                                "question 11",
                                "question 13")
                        .containsAll(prompts),
                prompts.toString());
    }

    @Test
    void theGuidesFourTasksArePreparedWhenNoneIsNamed() {
        assertEquals(
                Set.of("game", "website", "graphics", "audio"),
                prepared("{}").getMap("datasets").keySet());
    }

    @Test
    void aClientThatPrefersItIsAnsweredAtOnce() {
        logs.close();

        Response accepted =
                given().contentType("application/json")
                        .header("Prefer", "respond-async")
                        .body(GUIDE)
                        .post("/api/dataset/prepare");

        accepted.then()
                .statusCode(202)
                .header("Preference-Applied", "respond-async")
                .header("Location", containsString("/api/dataset/prepare/"))
                .body("state", equalTo("running"))
                .body("datasets.size()", is(0))
                .body("summary", nullValue())
                .body("settings.minConfidence", equalTo(0.7f));
        logs.open();
        String resource = "/api/dataset/prepare/" + accepted.path("id");
        await().atMost(SOON).until(() -> given().get(resource).path("state").equals("completed"));
        given().get(resource).then().statusCode(200).body("datasets.game.count", equalTo(14));
        String events =
                given().get(resource + "/events").then().statusCode(200).extract().asString();
        assertTrue(events.contains("\"state\":\"completed\""), events);
    }

    @Test
    void theSameKeyAndBodyAreOnePreparation() {
        String key = "a-key/with:signs";
        JsonPath once = preparedWith(key, GUIDE).jsonPath();
        JsonPath again = preparedWith(key, GUIDE).jsonPath();

        assertEquals(once.getString("id"), again.getString("id"));
        assertEquals(once.getInt("datasets.game.version"), again.getInt("datasets.game.version"));
        assertNotEquals(once.getString("id"), prepared(GUIDE).getString("id"));
        preparedWith(key, "{\"taskTypes\":[\"game\"]}")
                .then()
                .statusCode(409)
                .contentType("application/problem+json");
    }

    @Test
    void aLogServiceThatIsAwayForAMomentCostsNothing() {
        logs.failsNext(2, 503);

        assertEquals(14, prepared(GUIDE).getInt("datasets.game.count"));
    }

    @Test
    void aLogServiceThatRefusesFailsThePreparation() {
        logs.failsNext(1, 400);

        JsonPath answer = prepared(GUIDE);

        assertEquals("failed", answer.getString("state"));
        assertEquals("Internal Server Error", answer.getString("error.title"));
        assertEquals(0, answer.getMap("datasets").size());
    }

    @Test
    void aPreparationThatAnotherWorkerPublishedIsNotDoneAgain() {
        JsonPath done = prepared(GUIDE);
        String id = done.getString("id");
        // As after a crash between the publication and the job's end.
        postgres.execute(
                "UPDATE dataset.job SET state = 'queued', result = NULL, ended_at = NULL,"
                        + " due_at = now() WHERE id = '"
                        + id
                        + "'");

        await().atMost(SOON)
                .until(
                        () ->
                                given().get("/api/dataset/prepare/" + id).path("result") == null
                                        && given().get("/api/dataset/prepare/" + id)
                                                .path("state")
                                                .equals("completed"));

        JsonPath again = given().get("/api/dataset/prepare/" + id).jsonPath();
        assertEquals(done.getMap("datasets"), again.getMap("datasets"));
        assertEquals(
                "1",
                postgres.query(
                        "SELECT count(*) FROM dataset.dataset_version WHERE task_type = 'game' AND"
                                + " job_id = '"
                                + id
                                + "'"));
    }

    @Test
    void everyVersionIsListedNewestFirst() {
        JsonPath first = prepared(GUIDE);
        JsonPath second = prepared(GUIDE);

        JsonPath page = given().get("/api/dataset/list?limit=3").jsonPath();

        assertEquals(3, page.getList("datasets").size());
        assertEquals(second.getInt("datasets.website.version"), page.getInt("datasets[0].version"));
        assertEquals("website", page.getString("datasets[0].taskType"));
        assertEquals(second.getString("datasets.game.url"), page.getString("datasets[1].url"));
        given().queryParam("cursor", page.getString("nextCursor"))
                .get("/api/dataset/list?limit=1")
                .then()
                .body("datasets[0].url", equalTo(first.getString("datasets.game.url")))
                .body("datasets[0].count", equalTo(14))
                .body("datasets[0].createdAt", notNullValue());
        given().get("/api/dataset/list")
                .then()
                .body("datasets.filename", hasItems("game-dataset.jsonl", "website-dataset.jsonl"));
    }

    private static JsonPath prepared(String body) {
        Response answer = preparedWith(null, body);
        answer.then().statusCode(200);
        return answer.jsonPath();
    }

    private static Response preparedWith(String key, String body) {
        var request = given().contentType("application/json").body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/api/dataset/prepare");
    }
}
