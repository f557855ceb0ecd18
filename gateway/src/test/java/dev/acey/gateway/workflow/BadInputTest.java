package dev.acey.gateway.workflow;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.gateway.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BadInputTest {

    @TestHTTPResource("/")
    URL gateway;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"config\": {\"enableFineTunning\": true}} | 400 | /config/enableFineTunning",
                "{\"confg\": {}} | 400 | /confg",
                "{} | 400 | /config",
                "{\"config\": null} | 400 | /config",
                "{\"config\": []} | 400 | /config",
                "{\"config\": {\"collectLogs\": \"yes\"}} | 400 | /config/collectLogs",
                "{\"config\": {\"collectLogs\": 1}} | 400 | /config/collectLogs",
                "{\"config\": {\"minConfidence\": 1.01}} | 400 | /config/minConfidence",
                "{\"config\": {\"minConfidence\": -0.1}} | 400 | /config/minConfidence",
                "{\"config\": {\"minConfidence\": 1e400}} | 400 | /config/minConfidence",
                "{\"config\": {\"simulationSampleSize\": 0}} | 400 | /config/simulationSampleSize",
                "{\"config\": {\"simulationSampleSize\": 10001}} | 400 |"
                        + " /config/simulationSampleSize",
                "{\"config\": {\"simulationSampleSize\": 1.5}} | 400 |"
                        + " /config/simulationSampleSize",
                "{\"config\": {\"taskTypes\": []}} | 400 | /config/taskTypes",
                "{\"config\": {\"taskTypes\": \"game\"}} | 400 | /config/taskTypes",
                "{\"config\": {\"taskTypes\": [\"game\", \"game\"]}} | 400 | /config/taskTypes",
                "{\"config\": {\"taskTypes\": [\"Game\"]}} | 400 | /config/taskTypes/0",
                "{\"config\": {\"taskTypes\": [\"game\", null]}} | 400 | /config/taskTypes/1",
                "{\"config\": {\"taskTypes\": [\"\\u0000\"]}} | 400 | /config/taskTypes/0",
                "{\"config\": {\"taskTypes\": [\"\\ud800\"]}} | 400 | /config/taskTypes/0",
                "{\"config\": {\"deploymentStages\": [\"trust\"]}} | 400 |"
                        + " /config/deploymentStages/0",
                "{\"config\": {\"alertThresholds\": {\"errorRate\": 2}}} | 400 |"
                        + " /config/alertThresholds/errorRate",
                "{\"config\": {\"alertThresholds\": {\"errors\": 0.1}}} | 400 |"
                        + " /config/alertThresholds/errors",
                "{\"config\": {\"logRetentionDays\": 0}} | 400 | /config/logRetentionDays",
                "{\"config\": {\"logRetentionDays\": 3651}} | 400 | /config/logRetentionDays",
                "{\"config\": {\"candidates\": {\"trust\": \"x\"}}} | 400 |"
                        + " /config/candidates/trust",
                "{\"config\": {\"candidates\": {\"game\": null}}} | 400 | /config/candidates/game",
                "{\"config\": {\"candidates\": {\"game\": \"A b\"}}} | 400 |"
                        + " /config/candidates/game",
                "{\"config\": {\"candidates\": [\"x\"]}} | 400 | /config/candidates",
                "{\"config\": {\"candidates\": {\"a/b\": \"x\"}}} | 400 |"
                        + " /config/candidates/a~1b",
                "{\"config\": {\"baseModels\": {\"game\": \"\"}}} | 400 | /config/baseModels/game",
                "{\"config\": {\"baseModels\": {\"game\": 1}}} | 400 | /config/baseModels/game",
                "{\"config\": {\"approvals\": true}} | 400 | /config/approvals",
                "{\"config\": {\"approvals\": {\"game\": {\"actor\": \"nina\"}}}} | 400 |"
                        + " /config/approvals/game",
                "{\"config\": {\"approvals\": {\"game\": {\"reason\": \"so\"}}}} | 400 |"
                        + " /config/approvals/game",
                "{\"config\": {\"approvals\": {\"game\": {\"who\": \"nina\"}}}} | 400 |"
                        + " /config/approvals/game/who",
                "{\"config\": {\"schedule\": \"every day\"}} | 400 | /config/schedule",
                "{\"config\": {\"schedule\": \"0 3 * *\"}} | 400 | /config/schedule",
                "{\"config\": {\"schedule\": \"61 3 * * *\"}} | 400 | /config/schedule",
                "{\"config\": {\"schedule\": \"0 0 30 2 *\"}} | 400 | /config/schedule",
                "{\"config\": {\"schedule\": \"\"}} | 400 | /config/schedule",
            })
    void aSettingThatIsWrongIsNamed(String body, int status, String pointer) {
        given().contentType("application/json")
                .body(body)
                .post("/api/workflow/start")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .header("X-Request-Id", notNullValue())
                .body("instance", equalTo("/api/workflow/start"))
                .body("errors.pointer", hasItem(startsWith(pointer)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "null",
                "{\"config\": {}} {}",
                "{\"config\": {}, \"config\": {}}",
                "{\"config\": {\"schedule\": \u0000}}"
            })
    void whatIsNoCommandIsA400(String body) {
        given().contentType("application/json")
                .body(body)
                .post("/api/workflow/start")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", is(400));
    }

    @Test
    void aBodyIsAMegabyteAtMost() {
        String large = "{\"config\": {\"schedule\": \"" + "x".repeat(10_000_000) + "\"}}";
        given().contentType("application/json")
                .body(large)
                .post("/api/workflow/start")
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
    }

    @Test
    void aBodyThatDoesNotSayItsLengthIsAMegabyteAtMostToo() {
        try (RawHttp client = new RawHttp(gateway.getPort())) {
            String piece = "x".repeat(0xffff);
            String begin = "{\"config\": {\"schedule\": \"";
            client.send(
                    "POST /api/workflow/start HTTP/1.1\r\nHost: g\r\n"
                            + "Content-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(begin.length())
                            + "\r\n"
                            + begin
                            + "\r\n");
            for (int i = 0; i < 20; i++) {
                client.send("ffff\r\n" + piece + "\r\n");
            }
            client.send("0\r\n\r\n");
            String answer = client.readUntil("}");
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
            assertTrue(answer.contains("\"status\":413"), answer);
        }
    }

    @Test
    void aBodyThatDoesNotSayItsLengthIsReadAsAnyOther() {
        for (String body : new String[] {"{\"config\": {\"collectLogs\": 1}}", "", "{"}) {
            try (RawHttp client = new RawHttp(gateway.getPort())) {
                String chunk =
                        body.isEmpty()
                                ? ""
                                : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
                client.send(
                        "POST /api/workflow/start HTTP/1.1\r\nHost: g\r\n"
                                + "Content-Type: application/json\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + chunk
                                + "0\r\n\r\n");
                String answer = client.readUntil("}");
                assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
                assertTrue(answer.contains("application/problem+json"), answer);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/workflow/status/workflow-1234567890, 404",
        "GET, /api/workflow/status/x, 404",
        "GET, /api/workflow/status/workflow-99999999999999999999, 404",
        "GET, /api/workflow/workflow-1/events, 404",
        "POST, /api/workflow/workflow-1/cancel, 404",
        "POST, /api/workflow/workflow-1/retry, 404",
        "GET, /api/workflow/list?limit=0, 400",
        "GET, /api/workflow/list?limit=1001, 400",
        "GET, /api/workflow/list?limit=x, 400",
        "GET, /api/workflow/list?cursor=x, 400",
        "GET, /api/workflow/list?cursor=%F0%9F%98%80, 400",
        "GET, /api/workflow/start, 405",
        "DELETE, /api/workflow/list, 405",
        "POST, /api/workflow/status/workflow-1, 405",
        "PUT, /health, 405",
        "POST, /openapi, 405",
        "GET, /api/workflow, 404",
        "GET, /nothing, 404",
        "GET, /internal/anything, 404",
    })
    void askingForWhatIsNotThereIsAProblem(String method, String path, int status) {
        given().urlEncodingEnabled(false)
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .header("X-Request-Id", notNullValue())
                .body("status", is(status));
    }

    @Test
    void otherMediaTypesAreRefused() {
        given().contentType("text/plain")
                .body("{\"config\": {}}")
                .post("/api/workflow/start")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
        given().accept("image/png")
                .get("/api/workflow/list")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
    }

    @Test
    void aCancellationWithoutBodyMayBeOfAnyTypeButABodyIsJson() {
        given().contentType("application/x-www-form-urlencoded")
                .post("/api/workflow/workflow-1/cancel")
                .then()
                .statusCode(404);
        given().contentType("application/x-www-form-urlencoded")
                .body("actor=me")
                .post("/api/workflow/workflow-1/cancel")
                .then()
                .statusCode(415);
    }

    @Test
    void aCancellationIsReadStrictlyToo() {
        for (String body :
                new String[] {
                    "{\"actr\": \"x\"}",
                    "{\"actor\": \"\"}",
                    "{\"actor\": \"a\\u0000b\"}",
                    "{\"actor\": \"\\ud800\"}",
                    "{\"reason\": \"\\ud800\"}",
                    "{\"reason\": 5}",
                    "{\"reason\": \"" + "x".repeat(1001) + "\"}"
                }) {
            given().contentType("application/json")
                    .body(body)
                    .post("/api/workflow/workflow-1/cancel")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
    }
}
