package dev.acey.dataset;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
class BadInputTest {

    private static final String PREPARE = "/api/dataset/prepare";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"taskTypes\": [\"game\"]       | ",
                "``                               | ",
                "null                             | ",
                "[]                               | ",
                "{} {}                            | ",
                "\"text\"                         | ",
                "{\"taskTypes\": \"game\"}        | /taskTypes",
                "{\"taskTypes\": []}              | /taskTypes",
                "{\"taskTypes\": [null]}          | /taskTypes/0",
                "{\"taskTypes\": [1]}             | /taskTypes/0",
                "{\"taskTypes\": [\"Game\"]}      | /taskTypes/0",
                "{\"taskTypes\": [\"a\", \"../x\"]} | /taskTypes/1",
                "{\"taskTypes\": [\"a\\u0000\"]}  | /taskTypes/0",
                "{\"taskTypes\": [\"\\ud800\"]}   | /taskTypes/0",
                "{\"taskTypes\": [\"a\", \"a\"]}  | /taskTypes",
                "{\"minConfidence\": 1.01}        | /minConfidence",
                "{\"minConfidence\": -0.01}       | /minConfidence",
                "{\"minConfidence\": 1e400}       | /minConfidence",
                "{\"minConfidence\": \"0.7\"}     | /minConfidence",
                "{\"excludeRejected\": \"true\"}  | /excludeRejected",
                "{\"excludeRejected\": 1}         | /excludeRejected",
                "{\"includePending\": []}         | /includePending",
                "{\"requireConfidence\": {}}      | /requireConfidence",
                "{\"format\": \"parquet\"}        | /format",
                "{\"format\": 1}                  | /format",
                "{\"deduplicate\": \"no\"}        | /deduplicate",
                "{\"maxExamples\": 0}             | /maxExamples",
                "{\"maxExamples\": 10000001}      | /maxExamples",
                "{\"maxExamples\": 1.5}           | /maxExamples",
                "{\"maxExamples\": 99999999999999999999} | ",
                "{\"dateRange\": \"today\"}       | /dateRange",
                "{\"dateRange\": {\"from\": \"today\"}} | /dateRange/from",
                "{\"dateRange\": {\"to\": 5}}     | /dateRange/to",
                "{\"dateRange\": {\"until\": \"2026-01-01\"}} | /dateRange/until",
                "{\"dateRange\": {\"from\": \"2026-01-02\", \"to\": \"2026-01-01\"}} | /dateRange/to",
                "{\"dateRange\": {\"from\": \"2999-01-02\"}} | /dateRange/from",
                "{\"nearDuplicateThreshold\": 2}  | /nearDuplicateThreshold",
                "{\"nearDuplicateThreshold\": 0.2} | /nearDuplicateThreshold",
                "{\"split\": {\"validation\": 1}} | /split/train",
                "{\"split\": {\"train\": 0.5, \"test\": 0.4}} | /split",
                "{\"maxUnreviewedShare\": -1}     | /maxUnreviewedShare",
                "{\"split\": {\"train\": 2}}      | /split/train",
                "{\"split\": 0.8}                 | /split",
                "{\"seed\": \"x\"}                | /seed",
                "{\"minConfidense\": 0.7}         | /minConfidense"
            })
    void aBodyThatBreaksARuleIs400AndNamesTheField(String body, String pointer) {
        var answer =
                given().contentType("application/json")
                        .body(body)
                        .post(PREPARE)
                        .then()
                        .statusCode(400)
                        .contentType("application/problem+json")
                        .body("status", equalTo(400))
                        .body("instance", equalTo(PREPARE));
        if (pointer != null) {
            answer.body("errors.pointer", hasItem(pointer));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET    | /api/dataset/prepare                        | 405",
                "PUT    | /api/dataset/list                           | 405",
                "POST   | /api/dataset/game-dataset.jsonl             | 405",
                "POST   | /api/dataset/game-dataset.jsonl/manifest    | 405",
                "DELETE | /api/dataset/prepare/x                      | 405",
                "GET    | /api/dataset/prepare/x                      | 404",
                "GET    | /api/dataset/prepare/x/events               | 404",
                "GET    | /api/dataset/prepare/0192f0c1-0000-7000-8000-000000000000 | 404",
                "GET    | /api/dataset/prepare/0192f0c1-0000-7000-8000-000000000000/events | 404",
                "GET    | /api/dataset/nothing-dataset.jsonl          | 404",
                "GET    | /api/dataset/nothing-dataset.jsonl/manifest | 404",
                "DELETE | /api/dataset/nothing-dataset.jsonl          | 404",
                "GET    | /api/dataset/game.jsonl                     | 404",
                "GET    | /api/dataset/Game-dataset.jsonl             | 404",
                "GET    | /api/dataset/..%2f..%2fetc%2fpasswd         | 404",
                "GET    | /api/dataset/%00-dataset.jsonl              | 404",
                "GET    | /api/dataset/a%ff-dataset.jsonl             | 404",
                "GET    | /api/dataset/game-dataset.jsonl/nothing     | 404",
                "GET    | /api/dataset/game-dataset.jsonl?version=0   | 400",
                "GET    | /api/dataset/game-dataset.jsonl?version=1.5 | 400",
                "GET    | /api/dataset/game-dataset.jsonl?version=new | 400",
                "GET    | /api/dataset/game-dataset.jsonl?version=1e12 | 400",
                "GET    | /api/dataset/game-dataset.jsonl?version=NaN | 400",
                "GET    | /api/dataset/game-dataset.jsonl?split=most  | 400",
                "GET    | /api/dataset/nothing-dataset.jsonl/card     | 404",
                "GET    | /api/dataset/game-dataset.jsonl/diff        | 400",
                "GET    | /api/dataset/game-dataset.jsonl/diff?from=0 | 400",
                "GET    | /api/dataset/nothing-dataset.jsonl/diff?from=1 | 404",
                "GET    | /api/dataset/validate                       | 405",
                "GET    | /api/dataset/game-dataset.jsonl?includeMetadata=yes | 400",
                "DELETE | /api/dataset/game-dataset.jsonl?version=-1  | 400",
                "GET    | /api/dataset/list?logId=x                   | 400",
                "GET    | /api/dataset/list?limit=0                   | 400",
                "GET    | /api/dataset/list?limit=1001                | 400",
                "GET    | /api/dataset/list?limit=many                | 400",
                "GET    | /api/dataset/list?cursor=x                  | 400",
                "GET    | /api/dataset/list?cursor=%00                | 400"
            })
    void whatIsNotThereOrNotOfferedSaysSo(String method, String path, int status) {
        given().urlEncodingEnabled(false)
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"text/plain, 415", "application/xml, 415", "application/x-ndjson, 415"})
    void anotherMediaTypeIsRefused(String type, int status) {
        given().contentType(type)
                .body("{}".getBytes(UTF_8))
                .post(PREPARE)
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
    }

    @Test
    void anAnswerInAnotherTypeIsNotOffered() {
        given().accept("image/png")
                .get("/api/dataset/list")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
        given().accept("image/png")
                .get("/api/dataset/game-dataset.jsonl")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        given().contentType("application/json")
                .body("{\"taskTypes\":[\"" + "a".repeat(20_000_000) + "\"]}")
                .post(PREPARE)
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        for (String key : List.of("two words", "k".repeat(256))) {
            given().contentType("application/json")
                    .header("Idempotency-Key", key)
                    .body("{}")
                    .post(PREPARE)
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", hasItem("/Idempotency-Key"));
        }
    }
}
