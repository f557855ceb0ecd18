package dev.acey.log;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.log;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.parsing.Parser;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer names what is wrong with it, and is never a 500. */
@QuarkusTest
@LogDatabase
class BadInputTest {

    private static final String SOME_ID = "01a20477-917c-721a-8697-6b7e92e7f52e";
    private static final int TEN_MEGABYTES = 10_000_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/taskType",
                "{'taskType':'game'}|/llmPrompt",
                "{'taskType':7,'llmPrompt':'x'}|/taskType",
                "{'taskType':'Game','llmPrompt':'x'}|/taskType",
                "{'taskType':'game','llmPrompt':{}}|/llmPrompt",
                "{'taskType':'game','llmPrompt':[]}|/llmPrompt",
                "{'taskType':'game','llmPrompt':'x','id':'7'}|/id",
                "{'taskType':'game','llmPrompt':'x','id':'3f2504e0-4f89-41d3-9a0c-0305e82c3301'}|/id",
                "{'taskType':'game','llmPrompt':'x','timestamp':'yesterday'}|/timestamp",
                "{'taskType':'game','llmPrompt':'x','id':'"
                        + SOME_ID
                        + "','timestamp':'2026-01-15T04:05:06.123Z'}|/timestamp",
                "{'taskType':'game','llmPrompt':'x','confidence':1.5}|/confidence",
                "{'taskType':'game','llmPrompt':'x','confidence':'high'}|/confidence",
                "{'taskType':'game','llmPrompt':'x','context':[]}|/context",
                "{'taskType':'game','llmPrompt':'x','context':{'environment':'prod'}}|/context/environment",
                "{'taskType':'game','llmPrompt':'x','aceyOutput':'hi'}|/aceyOutput",
                "{'taskType':'game','llmPrompt':'x','aceyOutput':{'intents':{}}}|/aceyOutput/intents",
                "{'taskType':'game','llmPrompt':'x','performance':{'cost':-1}}|/performance/cost",
                "{'taskType':'game','llmPrompt':'x','performance':{'responseTime':1e999}}|/performance/responseTime",
                "{'taskType':'game','llmPrompt':'x','error':{}}|/error/type",
                "{'taskType':'game','llmPrompt':'\\ud83d'}|/llmPrompt",
                "[]|",
                "'text'|",
                "null|",
            })
    void anEntryThatBreaksARuleIsRefusedByField(String entry, String pointer) {
        problem(log(entry(entry)), 400)
                .then()
                .body("errors.pointer", hasItem(pointer == null ? "" : pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'taskType': ", "{'a':1}{'a':2}", "{'a':1,'a':2}", "nonsense", "NaN"})
    void whatIsNotOneJsonDocumentIsRefused(String text) {
        problem(log(entry(text)), 400);
        problem(decide(SOME_ID, entry(text)), 400);
    }

    @Test
    void aDeepDocumentIsRefused() {
        problem(log("[".repeat(50_000)), 400);
        problem(log("{\"context\":" + "[".repeat(500) + "]".repeat(500) + "}"), 400);
    }

    @Test
    void anEmptyBodyIsRefused() {
        problem(log(""), 400);
        problem(decide(SOME_ID, ""), 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/decision",
                "{'decision':null}|/decision",
                "{'decision':7}|/decision",
                "{'decision':'maybe'}|/decision",
                "{'decision':'approved','reviewr':'Ada'}|/reviewr",
                "{'decision':'approved','reviewer':''}|/reviewer",
                "{'decision':'approved','reviewer':'\\u0000'}|/reviewer",
                "{'decision':'approved','reviewer':'\\ud800'}|/reviewer",
                "{'decision':'approved','reason':7}|/reason",
                "{'decision':'approved','finalAction':{'a':'\\ud800'}}|/finalAction/a",
            })
    void aDecisionThatBreaksARuleIsRefusedByField(String decision, String pointer) {
        problem(decide(SOME_ID, entry(decision)), 400)
                .then()
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 1001",
        "limit, 1.5",
        "limit, ten",
        "cursor, nonsense",
        "cursor, MTIzNDU",
        "from, yesterday",
        "to, 2026-02-30",
        "taskType, Game",
        "decision, maybe",
        "variant, third",
        "environment, prod",
        "minConfidence, 2",
        "minConfidence, NaN",
    })
    void aQueryThatBreaksARuleIsRefusedByParameter(String name, String value) {
        problem(given().queryParam(name, value).get("/api/logs"), 400)
                .then()
                .body("errors[0].pointer", equalTo("/" + name));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/logs/export?minConfidence=-1, minConfidence",
        "/api/logs/stats?from=x, from",
        "/api/logs/stats?from=2026-01-02&to=2026-01-01, to",
        "/internal/logs/page?limit=x, limit",
        "/internal/logs/page?after=x, cursor",
        "/internal/logs/sample?size=0, size",
        "/internal/logs/sample?size=10001, size",
        "/internal/logs/sample?seed=x, seed",
        "/internal/logs/sample?q=x, q",
        "/internal/logs/entries, ids",
        "/internal/logs/entries?ids=x, ids",
    })
    void everyReaderRefusesWhatItCannotRead(String path, String parameter) {
        problem(given().get(path), 400).then().body("errors[0].pointer", equalTo("/" + parameter));
    }

    @Test
    void timesBeyondAllCalendarsFindNothing() {
        String last = "+999999999-01-01T00:00:00Z";
        given().queryParam("from", "-999999999-01-01T00:00:00Z")
                .queryParam("to", last)
                .get("/api/logs")
                .then()
                .statusCode(200);
        given().queryParam("from", last).get("/api/logs/stats").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "01a20477917c721a86976b7e92e7f52e", SOME_ID})
    void anIdThatNamesNothingIsNotFound(String id) {
        problem(given().get("/api/logs/" + id), 404);
        problem(decide(id, entry("{'decision':'approved'}")), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/log",
        "PUT, /api/logs",
        "DELETE, /api/logs",
        "POST, /api/logs/stats",
        "POST, /api/logs/export",
        "PATCH, /api/logs/" + SOME_ID,
        "GET, /api/logs/" + SOME_ID + "/decision",
        "GET, /internal/logs",
        "POST, /internal/logs/page",
        "POST, /internal/logs/sample",
    })
    void anotherMethodIsNotOffered(String method, String path) {
        problem(given().request(method, path), 405);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/log, text/plain",
        "POST, /api/logs, application/json",
        "POST, /internal/logs, application/json",
        "PUT, /api/logs/" + SOME_ID + "/decision, text/plain",
    })
    void anotherMediaTypeIsNotTaken(String method, String path, String type) {
        problem(given().contentType(type).body("{}").request(method, path), 415);
    }

    @Test
    void anotherMediaTypeIsNotGiven() {
        problem(given().accept("text/html").get("/api/logs"), 406);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/log, application/json, 413",
        "PUT, /api/logs/" + SOME_ID + "/decision, application/json, 413",
        "POST, /api/logs/stats, application/json, 413",
        "POST, /nowhere, application/json, 413",
        "POST, /api/logs, application/json, 415",
        "POST, /internal/logs, text/plain, 415",
    })
    void aBodyOfTenMegabytesIsRefused(String method, String path, String type, int status) {
        String body = "x".repeat(TEN_MEGABYTES);
        problem(given().contentType(type).body(body).request(method, path), status);
    }

    @Test
    void oneLineOfTenMegabytesIsALineThatIsTooLong() {
        bulk("/api/logs", "x".repeat(TEN_MEGABYTES))
                .then()
                .statusCode(200)
                .body("rejected", equalTo(1))
                .body("errors[0].detail", containsString("longer"));
    }

    private static Response problem(Response answer, int status) {
        answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .header("X-Request-Id", notNullValue())
                .body("status", equalTo(status))
                .body("instance", notNullValue());
        return answer;
    }

    static {
        // The parser is asked for by its type, which REST-assured does not know.
        RestAssured.registerParser("application/problem+json", Parser.JSON);
    }
}
