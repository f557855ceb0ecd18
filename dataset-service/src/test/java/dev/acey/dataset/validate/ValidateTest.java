package dev.acey.dataset.validate;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.ServiceTest;
import dev.acey.kit.task.Format;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
class ValidateTest {

    FakeLogService logs;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "instruction | {'instruction': 'a', 'input': '', 'output': 'b'} | | ",
                "instruction | {'instruction': 'a', 'input': '', 'output': 'b', 'metadata': {}} | | ",
                "instruction | {'instruction': 'a', 'output': 'b'} | /input | is required",
                "instruction | {'instruction': 'a', 'input': '', 'output': ' '} | /output | must not be empty",
                "instruction | {'instruction': 1, 'input': '', 'output': 'b'} | /instruction | must be a string",
                "instruction | {'instruction': 'a', 'input': '', 'output': 'b', 'x': 1} | /x | is not part of the format",
                "instruction | {'instruction': 'a', 'instruction': 'a', 'input': '', 'output': 'b'} | `` | is not JSON: Duplicate field 'instruction'",
                "instruction | [] | `` | must be an object",
                "instruction | {'instruction': 'a'} {} | `` | is not JSON: Trailing token",
                "chat | {'messages': [{'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'}]} | | ",
                "chat | {'messages': []} | /messages | must be an array of at least one message",
                "chat | {'messages': [{'role': 'user', 'content': 'a'}]} | /messages | must end with the assistant's",
                "chat | {'messages': [{'role': 'bot', 'content': 'a'}, {'role': 'assistant', 'content': 'b'}]} | /messages/0/role | must be one of assistant, developer, system, user",
                "chat | {'messages': [{'role': 'assistant', 'content': ''}]} | /messages/0/content | must not be empty",
                "classification | {'text': 'a', 'label': 'safe'} | | ",
                "classification | {'text': 'a', 'label': 'fine'} | /label | must be one of safe, unsafe",
                "structured | {'prompt': 'a', 'completion': '{\\'speech\\': \\'\\', \\'intents\\': []}'} | | ",
                "structured | {'prompt': 'a', 'completion': 'b'} | /completion | is not JSON",
                "structured | {'prompt': 'a', 'completion': '{\\'speech\\': \\'\\', \\'intents\\': [1]}'} | /completion/intents/0 | must be an object",
                "preference | {'input': {'messages': [{'role': 'user', 'content': 'a'}]}, 'preferred_output': [{'role': 'assistant', 'content': 'b'}], 'non_preferred_output': [{'role': 'assistant', 'content': 'c'}]} | | ",
                "preference | {'input': {'messages': [{'role': 'user', 'content': 'a'}]}, 'preferred_output': [{'role': 'assistant', 'content': 'b'}], 'non_preferred_output': [{'role': 'assistant', 'content': 'b'}]} | /non_preferred_output | must differ from the preferred output",
                "preference | {'input': {'messages': [{'role': 'user', 'content': 'a'}]}, 'preferred_output': [{'role': 'user', 'content': 'b'}], 'non_preferred_output': [{'role': 'assistant', 'content': 'c'}]} | /preferred_output/0/role | must be one of assistant"
            })
    void aLineIsJudgedByTheRulesOfItsFormat(
            String format, String line, String pointer, String detail) {
        String json = line.replace("\\'", "\\\"").replace('\'', '"');
        var errors =
                LineCheck.of(
                        json.getBytes(StandardCharsets.UTF_8),
                        Format.valueOf(format.toUpperCase(Locale.ROOT)));

        if (detail == null) {
            assertEquals(List.of(), errors);
        } else {
            assertEquals(pointer, errors.get(0).pointer());
            String expected = detail.replace("Duplicate field 'instruction'", "Duplicate field");
            assertEquals(
                    expected,
                    errors.get(0)
                            .detail()
                            .substring(
                                    0,
                                    Math.min(expected.length(), errors.get(0).detail().length())));
        }
    }

    @Test
    void wrongLinesAreNamedWithTheirReasons() {
        check(
                        "chat",
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                                + "{\"role\":\"assistant\",\"content\":\"b\"}]}\n"
                                + "\n"
                                + "{\"messages\":1}\n"
                                + "no json")
                .body("valid", equalTo(false))
                .body("lines", equalTo(4))
                .body("invalid", equalTo(3))
                .body("errors.line", equalTo(List.of(2, 3, 4)))
                .body("errors[0].detail", equalTo("is empty"))
                .body("errors[1].pointer", equalTo("/messages"));
    }

    @Test
    void anEmptyFileIsNoDataset() {
        check("chat", "").body("valid", equalTo(false)).body("lines", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"instruction", "chat", "classification", "structured", "preference"})
    void whatIsPreparedIsValidWithItsMetadataToo(String format) {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ObjectNode entry = Entries.good(i).put("taskType", "trust");
            entry.put("llmPrompt", "question " + i / 2);
            entries.add(i % 2 == 0 ? entry : entry.put("controlDecision", "rejected"));
        }
        logs.holds(entries);
        given().contentType("application/json")
                .body("{\"taskTypes\":[\"trust\"],\"format\":\"" + format + "\"}")
                .post("/api/dataset/prepare")
                .then()
                .statusCode(200)
                .body("state", equalTo("completed"))
                .body("datasets.trust.format", equalTo(format));

        for (String metadata : List.of("false", "true")) {
            String file =
                    given().get("/api/dataset/trust-dataset.jsonl?includeMetadata=" + metadata)
                            .asString();
            check(format, file)
                    .body("errors", equalTo(List.of()))
                    .body("valid", equalTo(true))
                    .body("lines", equalTo((int) file.lines().count()));
        }
    }

    @Test
    void aFormatIsRequiredAndMustBeKnown() {
        for (String query : List.of("", "?format=parquet")) {
            given().contentType("application/jsonl")
                    .body("{}".getBytes(StandardCharsets.UTF_8))
                    .post("/api/dataset/validate" + query)
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", hasItem("/format"));
        }
        given().contentType("application/json")
                .body("{}")
                .post("/api/dataset/validate?format=chat")
                .then()
                .statusCode(415);
    }

    private static ValidatableResponse check(String format, String body) {
        return given().contentType("application/jsonl")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/dataset/validate?format=" + format)
                .then()
                .statusCode(200);
    }
}
