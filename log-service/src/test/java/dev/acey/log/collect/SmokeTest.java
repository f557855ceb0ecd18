package dev.acey.log.collect;

import static io.restassured.RestAssured.given;

import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class SmokeTest {
    @Test
    void smoke() {
        var g = given().contentType("application/json").body("{\"taskType\":\"game\",\"llmPrompt\":\"Test\",\"aceyOutput\":{\"speech\":\"Test output\",\"intents\":[]},\"extra\":1}").post("/api/log");
        System.out.println(g.statusCode() + g.asString());
        String id = g.jsonPath().getString("id");
        for (String p : new String[] {"/api/logs/" + id, "/api/logs?limit=2", "/api/logs?q=TEST%20out", "/api/logs/export", "/api/logs/export?taskType=none", "/api/logs/stats", "/internal/logs/page?limit=1", "/internal/logs/sample?size=3&seed=4", "/api/logs/stats?from=2020-01-01&to=2020-02-02", "/api/logs/nope", "/q/openapi"}) {
            var r = given().get(p);
            System.out.println(p + " " + r.statusCode() + " " + r.headers().asList() + "\n" + r.asString());
        }
        var b = given().contentType("application/x-ndjson").body("{\"taskType\":\"game\",\"llmPrompt\":\"Test\"}\n\nx\n{\"taskType\":\"game\",\"llmPrompt\":\"Test\",\"llmOutput\":\"hi\"}").post("/api/logs");
        System.out.println(b.statusCode() + b.asString());
        b = given().contentType("application/json").body("{\"decision\":\"rejected\",\"reviewer\":\"me\",\"finalAction\":{\"a\":1}}").put("/api/logs/" + id + "/decision");
        System.out.println(b.statusCode() + b.asString());
        b = given().contentType("application/json").body("x".repeat(10_000_000)).post("/api/log");
        System.out.println(b.statusCode() + b.asString());
        b = given().contentType("application/json").post("/api/logs/stats");
        System.out.println(b.statusCode() + b.asString());
        b = given().contentType("application/json").body("{}").post("/api/logs");
        System.out.println(b.statusCode() + b.asString());
    }
}
