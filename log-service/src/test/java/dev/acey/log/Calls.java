package dev.acey.log;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.config.EncoderConfig;
import io.restassured.config.LogConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What the tests of this service say over HTTP. */
public final class Calls {

    public static final String NDJSON = "application/x-ndjson";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger TASKS = new AtomicInteger();
    private static final RestAssuredConfig LINES_ARE_TEXT =
            RestAssuredConfig.config()
                    .encoderConfig(
                            EncoderConfig.encoderConfig()
                                    .encodeContentTypeAs(NDJSON, ContentType.TEXT)
                                    .defaultContentCharset("UTF-8"));

    /** Quarkus has every call printed where an expectation fails; a large one takes seconds. */
    private static final RestAssuredConfig AS_IT_IS =
            RestAssuredConfig.config().logConfig(LogConfig.logConfig().enablePrettyPrinting(false));

    private Calls() {}

    /** A task type that no other test uses: tests share one database. */
    public static String newTask() {
        return "task-" + TASKS.incrementAndGet();
    }

    public static Response log(String entry) {
        return given().config(AS_IT_IS).contentType(ContentType.JSON).body(entry).post("/api/log");
    }

    public static Response bulk(String path, String lines) {
        return given().config(LINES_ARE_TEXT).contentType(NDJSON).body(lines).post(path);
    }

    public static Response decide(String id, String decision) {
        return given().contentType(ContentType.JSON)
                .body(decision)
                .put("/api/logs/" + id + "/decision");
    }

    public static Response feedback(String id, String feedback) {
        return given().contentType(ContentType.JSON)
                .body(feedback)
                .post("/api/logs/" + id + "/feedback");
    }

    /** Stores an entry of a task of its own, with these fields besides; its id. */
    public static String stored(String fields) {
        return log(entry("{'taskType':'%s','llmPrompt':'x',%s}".formatted(newTask(), fields)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static JsonNode get(String path, Object... parameters) {
        return json(given().get(path, parameters).then().statusCode(200).extract().asString());
    }

    /** The entries of an export, in order. */
    public static List<JsonNode> export(String query) {
        String lines = given().get("/api/logs/export" + query).then().extract().asString();
        List<JsonNode> entries = new ArrayList<>();
        lines.lines().forEach(line -> entries.add(json(line)));
        return entries;
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON with apostrophes for quotes. */
    public static String entry(String json) {
        return json.replace('\'', '"');
    }
}
