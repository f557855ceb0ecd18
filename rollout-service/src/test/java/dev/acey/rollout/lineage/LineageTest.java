package dev.acey.rollout.lineage;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.Api.register;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LineageTest {

    private static final String HASH = "ab".repeat(32);

    private final String model = "m-" + UUID.randomUUID();
    private final String task = "t-" + UUID.randomUUID();

    @Test
    void aModelSaysWhatItLearnedFromAndStaysStale() {
        register(model);
        get("/api/models/" + model).body("lineage", nullValue());
        put("/internal/models/" + model + "/lineage", lineage("null")).statusCode(204);
        get("/api/models/" + model)
                .body("lineage.dataset", is("game-dataset.jsonl"))
                .body("lineage.version", is(3))
                .body("lineage.staleSince", nullValue());
        put("/internal/models/" + model + "/lineage", lineage("\"2026-01-15T04:05:06.123Z\""));
        put("/internal/models/" + model + "/lineage", lineage("null")).statusCode(204);
        get("/api/models?limit=1000")
                .body(
                        "models.find { it.name == '" + model + "' }.lineage.staleSince",
                        is("2026-01-15T04:05:06.123Z"));
    }

    @Test
    void aModelNobodyRegisteredHasNoLineage() {
        put("/internal/models/" + model + "/lineage", lineage("null")).statusCode(404);
        put("/internal/models/" + model + "/lineage", "{\"version\": 1}")
                .statusCode(400)
                .body("errors.pointer", hasItem("/dataset"));
    }

    @Test
    void aCandidateChangesNothingElseOfItsTask() {
        register(model, "lineage-baseline");
        put(candidate(), "{\"model\": \"" + model + "\"}").statusCode(422);
        put(
                        "/api/tasks/" + task,
                        "{\"baseline\": \"lineage-baseline\", \"risk\": \"high\", \"overrides\":"
                                + " {\"k\": \"lineage-baseline\"}}")
                .statusCode(200);
        put(candidate(), "{\"model\": \"" + model + "\"}")
                .statusCode(200)
                .body("candidate", is(model))
                .body("risk", is("high"))
                .body("overrides.k", is("lineage-baseline"))
                .body("version", is(2));
        put(candidate(), "{\"model\": \"" + model + "\"}").body("version", is(2));
        put(candidate(), "{\"model\": \"lineage-baseline\"}").statusCode(422);
        put(candidate(), "{\"model\": \"nobody-knows\"}").statusCode(422);
        put(candidate(), "{}").statusCode(400);
    }

    private String candidate() {
        return "/internal/tasks/" + task + "/candidate";
    }

    private static String lineage(String staleSince) {
        return """
               {"dataset": "game-dataset.jsonl", "version": 3, "sha256": "%s",
                "training": "01a204be-9b53-7892-a0a0-fde3763626c8", "staleSince": %s}"""
                .formatted(HASH, staleSince);
    }
}
