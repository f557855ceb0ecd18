package dev.acey.rollout.staged;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.post;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.Api.register;

import io.restassured.response.ValidatableResponse;

/** Rollouts that tests begin. */
public final class Staged {

    public static final String OVERRIDE = "\"override\": {\"reason\": \"a test\"}";

    private Staged() {}

    /** A task of this risk, served by s-base. */
    public static void task(String taskType, String risk) {
        register("s-base", "s-next");
        put(
                        "/api/tasks/" + taskType,
                        "{\"baseline\": \"s-base\", \"risk\": \"%s\"}".formatted(risk))
                .statusCode(200);
    }

    /** Begins a rollout of s-next for a new task, past the gate, and names it. */
    public static String begun(String taskType, String risk, String more) {
        task(taskType, risk);
        return start(taskType, OVERRIDE + more).statusCode(201).extract().path("id");
    }

    public static ValidatableResponse start(String taskType, String fields) {
        return post(
                "/api/rollouts",
                "{\"taskType\": \"%s\", \"candidate\": \"s-next\", %s}"
                        .formatted(taskType, fields));
    }

    public static ValidatableResponse take(String id, String verb) {
        return take(id, verb, "{\"actor\": \"ann\", \"reason\": \"because\"}");
    }

    public static ValidatableResponse take(String id, String verb, String body) {
        return post("/api/rollouts/" + id + "/" + verb, body);
    }

    public static ValidatableResponse rollout(String id) {
        return get("/api/rollouts/" + id).statusCode(200);
    }
}
