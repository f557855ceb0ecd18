package dev.acey.rollout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the answer is a problem that says what is wrong, never a 500. */
@QuarkusTest
class BadInputTest {

    private static final String JSON = "application/json";
    private static final String ROLLOUT =
            "/api/rollouts | {\"taskType\":\"bad-input\",\"candidate\":\"m\",";
    private static final String STAGE = ROLLOUT + "\"stages\":[{";

    @TestHTTPResource URL url;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/models/m | {                                              | 400 |",
                "/api/models/m | ``                                             | 400 |",
                "/api/models/m | null                                           | 400 |",
                "/api/models/m | []                                             | 400 |",
                "/api/models/m | \"text\"                                       | 400 |",
                "/api/models/m | {}                                             | 400 | /baseUrl",
                "/api/models/m | {\"baseUrl\":1,\"upstreamModel\":\"u\"}        | 400 | /baseUrl",
                "/api/models/m | {\"baseUrl\":\"http://h\"}                | 400 | /upstreamModel",
                "/api/models/m | {\"baseUrl\":\"http://h\",\"upstreamModel\":\"a b\"}"
                        + " | 400 | /upstreamModel",
                "/api/models/m | {\"baseUrl\":\"http://h\",\"upstreamModel\":\"\\u0000\"}"
                        + " | 400 | /upstreamModel",
                "/api/models/m | {\"baseUrl\":\"http://h\",\"upstreamModel\":\"\\ud800\"}"
                        + " | 400 | /upstreamModel",
                "/api/models/m | {\"baseUrl\":\"/v1\",\"upstreamModel\":\"u\"}  | 400 | /baseUrl",
                "/api/models/m | {\"baseUrl\":\"http://u:p@h\",\"upstreamModel\":\"u\"}"
                        + " | 400 | /baseUrl",
                "/api/models/m | {\"baseUrl\":\"http://h?q\",\"upstreamModel\":\"u\"}"
                        + " | 400 | /baseUrl",
                "/api/models/m | {\"baseUrl\":\"http://h#f\",\"upstreamModel\":\"u\"}"
                        + " | 400 | /baseUrl",
                "/api/models/m | {\"baseUrl\":\"file:///etc/passwd\",\"upstreamModel\":\"u\"}"
                        + " | 400 | /baseUrl",
                "/api/models/m | {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\",\"timeoutMs\":0}"
                        + " | 400 | /timeoutMs",
                "/api/models/m |"
                        + " {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\",\"timeoutMs\":1.5}"
                        + " | 400 | /timeoutMs",
                "/api/models/m |"
                        + " {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\",\"timeoutMs\":\"5\"}"
                        + " | 400 | /timeoutMs",
                "/api/models/m |"
                        + " {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\",\"apiKeyRef\":\"sk-1\"}"
                        + " | 400 | /apiKeyRef",
                "/api/models/m |"
                        + " {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\",\"apiKeyRef\":\"file:../x\"}"
                        + " | 400 | /apiKeyRef",
                "/api/models/m |"
                        + " {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\",\"apiKeyRef\":\"HOME\"}"
                        + " | 400 | /apiKeyRef",
                "/api/models/m |"
                        + " {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\",\"pricing\":{\"promptPerMillion\":\"NaN\",\"completionPerMillion\":1}}"
                        + " | 400 | /pricing/promptPerMillion",
                "/api/models/m |"
                        + " {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\",\"pricing\":{\"promptPerMillion\":1e999,\"completionPerMillion\":1}}"
                        + " | 400 | /pricing/promptPerMillion",
                "/api/models/m |"
                        + " {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\",\"apikeyRef\":\"x\"}"
                        + " | 400 | /apikeyRef",
                "/api/models/m |"
                        + " {\"baseUrl\":\"http://h\",\"baseUrl\":\"http://i\",\"upstreamModel\":\"u\"}"
                        + " | 400 |",
                "/api/models/M | {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\"} | 400 | /name",
                "/api/models/a%00b | {\"baseUrl\":\"http://h\",\"upstreamModel\":\"u\"} | 400 |"
                        + " /name",
                "/api/tasks/t | {                                    | 400 |",
                "/api/tasks/t | null                                 | 400 |",
                "/api/tasks/t | {\"baseline\": 5}                    | 400 | /baseline",
                "/api/tasks/t | {\"baseline\": \"../x\"}             | 400 | /baseline",
                "/api/tasks/t | {\"risk\": \"extreme\"}              | 400 | /risk",
                "/api/tasks/t | {\"risk\": 1}                        | 400 | /risk",
                "/api/tasks/t | {\"baselin\": \"x\"}                 | 400 | /baselin",
                "/api/tasks/t | {\"overrides\": []}                  | 400 | /overrides",
                "/api/tasks/t | {\"overrides\": {\"k\": null}}       | 400 | /overrides/k",
                "/api/tasks/t | {\"overrides\": {\"\": \"m\"}}       | 400 |",
                "/api/tasks/t | {\"overrides\": {\"k\": \"A B\"}}    | 400 | /overrides/k",
                "/api/tasks/t | {\"overrides\": {\"\\ud800\": \"m\"}} | 400 |",
                "/api/tasks/t | {\"baseline\": \"nobody\"}           | 422 | /baseline",
                "/api/tasks/T | {}                                   | 400 | /taskType",
                "/api/tasks/%00 | {}                                 | 400 | /taskType",
                "/internal/flags/t | {                                      | 400 |",
                "/internal/flags/t | null                                   | 400 |",
                "/internal/flags/T | {}                                     | 400 | /taskType",
                "/internal/flags/t | {\"candidat\": \"m\"}             | 400 | /candidat",
                "/internal/flags/t | {\"candidate\": \"M\"}            | 400 | /candidate",
                "/internal/flags/t | {\"candidate\": \"m\"}            | 400 | /salt",
                "/internal/flags/t | {\"candidate\": \"m\"}            | 400 | /weight",
                "/internal/flags/t | {\"weight\": 1}                     | 400 | /weight",
                "/internal/flags/t | {\"weight\": -1}                    | 400 | /weight",
                "/internal/flags/t | {\"weight\": 10001}                 | 400 | /weight",
                "/internal/flags/t | {\"weight\": 0.5}                   | 400 | /weight",
                "/internal/flags/t | {\"weight\": \"1\"}               | 400 | /weight",
                "/internal/flags/t | {\"shadowShare\": 10001}            | 400 | /shadowShare",
                "/internal/flags/t | {\"shadowShare\": 1}                | 400 | /shadowShare",
                "/internal/flags/t | {\"salt\": \"\"}                  | 400 | /salt",
                "/internal/flags/t | {\"salt\": \"a b\"}               | 400 | /salt",
                "/internal/flags/t | {\"rolloutId\": \"1\"}            | 400 | /rolloutId",
                "/internal/flags/t | {\"stage\": 0}                      | 400 | /stage",
                "/internal/flags/t | {\"stage\": -1}                     | 400 | /stage",
                "/internal/flags/t | {\"candidate\":\"m\",\"salt\":\"s\",\"weight\":1}"
                        + " | 422 | /taskType",
                "/api/rollout/kill | {                                      | 400 |",
                "/api/rollout/kill | null                                   | 400 |",
                "/api/rollout/kill | {}                                     | 400 | /taskType",
                "/api/rollout/kill | {\"taskType\": \"**\"}            | 400 | /taskType",
                "/api/rollout/kill | {\"taskType\": \"A\"}             | 400 | /taskType",
                "/api/rollout/kill | {\"taskType\": \"t\", \"actor\": \"\"} | 400 | /actor",
                "/api/rollout/kill | {\"taskType\": \"t\", \"why\": \"\"} | 400 | /why",
                "/api/rollout/kill | {\"taskType\": \"never-set\"}     | 404 |",
                "/api/channels/c/state | {                                       | 400 |",
                "/api/channels/c/state | null                                    | 400 |",
                "/api/channels/c/state | []                                      | 400 |",
                "/api/channels/c/state | {\"person\": {}}                      | 400 | /person",
                "/api/channels/c/state | {\"trust\": {\"a\": {\"score\": 2}}}"
                        + " | 400 | /trust/a/score",
                "/api/channels/c/state | {\"memories\": [{\"text\": 1}]} | 400 |"
                        + " /memories/0/text",
                "/api/channels/c/state | {\"persona\": {\"mode\": \"\\ud800\"}} | 400 |",
            })
    void aBadPutNamesWhatIsWrong(String path, String body, int status, String pointer) {
        check(given().contentType(JSON).body(body), "PUT", path, status, pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/process | {                                          | 400 |",
                "/api/process | null                                       | 400 |",
                "/api/process | 7                                          | 400 |",
                "/api/process | {}                                         | 400 | /aceyOutput",
                "/api/process | {}                                         | 400 | /taskType",
                "/api/process | {\"taskType\":1,\"aceyOutput\":{}}     | 400 | /taskType",
                "/api/process | {\"taskType\":\"A\",\"aceyOutput\":{}} | 400 | /taskType",
                "/api/process | {\"taskType\":\"a\",\"aceyOutput\":\"x\"}" + " | 400 | /aceyOutput",
                "/api/process | {\"taskType\":\"a\",\"aceyOutput\":{\"intents\":{}}}"
                        + " | 400 | /aceyOutput/intents",
                "/api/process | {\"taskType\":\"a\",\"aceyOutput\":{\"speech\":\"\\ud800\"}}"
                        + " | 400 |",
                "/api/process | {\"taskType\":\"a\",\"aceyOutput\":{\"n\":1e999}} | 400 |",
                "/api/process | {\"taskType\":\"a\",\"aceyOutput\":{},\"context\":[]}"
                        + " | 400 | /context",
                "/api/process |"
                        + " {\"taskType\":\"a\",\"aceyOutput\":{},\"context\":{\"channel\":5}}"
                        + " | 400 | /context/channel",
                "/api/process |"
                        + " {\"taskType\":\"a\",\"aceyOutput\":{},\"context\":{\"environment\":\"x\"}}"
                        + " | 400 | /context/environment",
                "/api/process | {\"taskType\":\"a\",\"aceyOutput\":{},\"llmPrompt\":\"x\"}"
                        + " | 400 | /llmPrompt",
                "/api/rules | [1]                                          | 400 |",
                "/api/rules | {\"rules\": 5}                             | 400 |",
                "/api/rules | {\"rulez\": []}                            | 400 |",
                "/api/rules | ``                                           | 400 |",
                "/api/rules/nothing/activate | {}                          | 404 |",
                "/api/rules/sha256:00/activate | {}                        | 404 |",
                "/api/rules/nothing/activate | {\"actor\": \"\"}       | 400 | /actor",
                "/api/rules/nothing/activate | {\"actor\": \"a\\u0000\"} | 400 | /actor",
                "/api/rules/nothing/activate | {\"actr\": \"a\"}       | 400 | /actr",
                "/api/rules/nothing/activate | [                           | 400 |",
                "/api/rollouts | {                                          | 400 |",
                "/api/rollouts | null                                       | 400 |",
                "/api/rollouts | []                                         | 400 |",
                "/api/rollouts | {}                                         | 400 | /taskType",
                "/api/rollouts | {}                                         | 400 | /candidate",
                "/api/rollouts | {\"taskType\":\"A\",\"candidate\":\"m\"} | 400 | /taskType",
                "/api/rollouts | {\"taskType\":\"a\",\"candidate\":\"M\"} | 400 | /candidate",
                "/api/rollouts | {\"taskType\":\"a\",\"candidate\":\"m\\u0000\"}"
                        + " | 400 | /candidate",
                "/api/rollouts | {\"candidat\":\"m\"}                 | 400 | /candidat",
                ROLLOUT + "\"simulationId\":\"x\"}                   | 400 | /simulationId",
                ROLLOUT + "\"override\":{}}                            | 400 | /override/reason",
                ROLLOUT + "\"override\":{\"reason\":\" \"}}          | 400 | /override/reason",
                ROLLOUT + "\"override\":true}                          | 400 | /override",
                ROLLOUT + "\"stages\":[]}                              | 400 | /stages",
                ROLLOUT + "\"stages\":{}}                              | 400 | /stages",
                ROLLOUT + "\"stages\":[null]}                          | 400 |",
                ROLLOUT + "\"stages\":[{}]}                            | 400 | /stages/0/weight",
                STAGE + "\"weight\":0}]}                               | 400 | /stages/0/weight",
                STAGE + "\"weight\":10001}]}                           | 400 | /stages/0/weight",
                STAGE + "\"weight\":0.5}]}                             | 400 | /stages/0/weight",
                STAGE + "\"weight\":10000}]}                           | 400 | /stages/0/weight",
                STAGE + "\"weight\":9},{\"weight\":9}]}                | 400 | /stages/1/weight",
                STAGE + "\"weight\":9,\"kind\":\"dark\"}]}             | 400 | /stages/0/kind",
                STAGE + "\"weight\":9,\"kind\":\"shadow\"}]}           | 400 | /stages/0/kind",
                STAGE
                        + "\"weight\":9},{\"weight\":9,\"kind\":\"shadow\"}]}"
                        + " | 400 | /stages/1/kind",
                STAGE
                        + "\"weight\":9,\"minSamples\":0}]}              | 400 |"
                        + " /stages/0/minSamples",
                STAGE
                        + "\"weight\":9,\"minSeconds\":-1}]}             | 400 |"
                        + " /stages/0/minSeconds",
                STAGE
                        + "\"weight\":9,\"maxSeconds\":0}]}              | 400 |"
                        + " /stages/0/maxSeconds",
                STAGE
                        + "\"weight\":9,\"minSeconds\":9,\"maxSeconds\":8}]} | 400 |"
                        + " /stages/0/maxSeconds",
                STAGE
                        + "\"weight\":9,\"approval\":\"yes\"}]}          | 400 |"
                        + " /stages/0/approval",
                STAGE + "\"weight\":9,\"share\":1}]}                   | 400 | /stages/0/share",
                ROLLOUT + "\"stages\":null}                            | 422 | /taskType",
                "/api/rollouts/nothing/pause | {}                          | 404 |",
                "/api/rollouts/019bbf9c-0000-7000-8000-000000000009/pause | {} | 404 |",
                "/api/rollouts/019bbf9c-0000-7000-8000-000000000009/pause | [ | 400 |",
                "/api/rollouts/nothing/pause | {\"actor\": \"\"}         | 400 | /actor",
                "/api/rollouts/nothing/pause | {\"why\": \"\"}           | 400 | /why",
                "/api/tasks/T/rollback | {}                                | 400 | /taskType",
                "/api/tasks/never-set/rollback | {}                        | 404 |",
                "/api/tasks/never-set/rollback | {\"actor\": 1}          | 400 | /actor",
            })
    void aBadPostNamesWhatIsWrong(String path, String body, int status, String pointer) {
        check(given().contentType(JSON).body(body), "POST", path, status, pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET    | /api/models/nobody                            | 404 |",
                "GET    | /api/models/a%00b                             | 404 |",
                "GET    | /api/models?limit=0                           | 400 | /limit",
                "GET    | /api/models?limit=ten                         | 400 | /limit",
                "GET    | /api/models?cursor=bm9uc2Vuc2U                | 400 | /cursor",
                "GET    | /api/models?cursor=OTk5OTk5OTk5OTk5OTk5OTk5IGE | 400 | /cursor",
                "GET    | /api/tasks?limit=1001                         | 400 | /limit",
                "GET    | /api/tasks?cursor=!                           | 400 | /cursor",
                "GET    | /api/tasks?cursor=bm9uZQ                      | 400 | /cursor",
                "GET    | /api/rollout/route                            | 400 | /taskType",
                "GET    | /api/rollout/route?taskType=                  | 400 | /taskType",
                "GET    | /api/rollout/route?taskType=A                 | 400 | /taskType",
                "GET    | /api/rollout/route?taskType=%00&key=a         | 400 | /taskType",
                "GET    | /api/nothing                                  | 404 |",
                "DELETE | /api/models/m                                 | 405 |",
                "POST   | /api/models                                   | 405 |",
                "GET    | /api/tasks/game                               | 405 |",
                "POST   | /api/rollout/route                            | 405 |",
                "GET    | /api/rollout/kill                             | 405 |",
                "GET    | /api/rules/nothing                            | 404 |",
                "GET    | /api/rollouts/nothing                         | 404 |",
                "GET    | /api/rollouts/nothing/events                  | 404 |",
                "GET    | /api/rollouts/nothing/evidence                | 404 |",
                "GET    | /api/rollouts?limit=0                         | 400 | /limit",
                "GET    | /api/rollouts?cursor=bm9uc2Vuc2U              | 400 | /cursor",
                "PUT    | /api/rollouts                                 | 405 |",
                "DELETE | /api/rollouts/nothing                         | 405 |",
                "GET    | /api/rules/sha256:%00                         | 404 |",
                "GET    | /api/rules?limit=-1                           | 400 | /limit",
                "GET    | /api/rules?cursor=bm9uc2Vuc2U                 | 400 | /cursor",
                "PUT    | /api/rules                                    | 405 |",
                "GET    | /api/process                                  | 405 |",
                "DELETE | /api/channels/c/state                         | 405 |",
                "GET    | /internal/rules/nothing                       | 404 |",
                "GET    | /internal/rules/active?known=x                | 400 | /known",
                "GET    | /internal/rules/active?known=1&waitSeconds=26 | 400 | /waitSeconds",
            })
    void aBadRequestNamesWhatIsWrong(String method, String path, int status, String pointer) {
        check(given(), method, path, status, pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/models/m", "/api/tasks/t", "/api/channels/c/state"})
    void anotherMediaTypeIsRefused(String path) {
        check(given().contentType("text/plain").body("{}"), "PUT", path, 415, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/models",
                "/api/tasks",
                "/api/rollout/route?taskType=game",
                "/api/rules",
                "/api/channels/c/state",
                "/api/rollouts"
            })
    void aTypeThatCannotBeGivenIsRefused(String path) {
        check(given().accept("image/png"), "GET", path, 406, null);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/models/m",
        "PUT, /api/tasks/t",
        "PUT, /api/channels/c/state",
        "POST, /api/process",
        "POST, /api/rules",
        "POST, /api/rules/nothing/activate",
        "POST, /api/rollouts",
    })
    void aBodyThatIsTooLargeIsRefusedBeforeItIsSent(String method, String path) throws IOException {
        String head =
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 17000000\r\n\r\n";
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertEquals("HTTP/1.1 413 Request Entity Too Large", in.readLine());
        }
    }

    @Test
    void aCallTooLargeForALogEntryIsRefused() {
        String body = "{\"taskType\": \"" + "x".repeat(1024 * 1024) + "\"}";
        check(given().contentType(JSON).body(body), "POST", "/api/process", 413, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/process",
                "/api/rules",
                "/api/rules/nothing/activate",
                "/api/rollouts",
                "/api/rollouts/nothing/pause",
            })
    void aPostOfAnotherMediaTypeIsRefused(String path) {
        check(given().contentType("text/plain").body("{}"), "POST", path, 415, null);
    }

    private static void check(
            RequestSpecification request, String method, String path, int status, String pointer) {
        var answer =
                request.urlEncodingEnabled(false)
                        .request(method, path)
                        .then()
                        .statusCode(status)
                        .contentType("application/problem+json")
                        .body("status", is(status));
        if (pointer != null) {
            answer.body("errors.pointer", hasItem(pointer));
        }
    }
}
