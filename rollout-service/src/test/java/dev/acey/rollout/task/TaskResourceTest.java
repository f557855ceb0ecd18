package dev.acey.rollout.task;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.Api.register;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TaskResourceTest {

    PostgresServer database;

    @Test
    void theEightTasksAreListedBeforeAnythingIsSet() {
        List<String> names =
                get("/api/tasks").statusCode(200).extract().jsonPath().getList("tasks.taskType");
        assertEquals(
                List.of(
                        "game",
                        "website",
                        "graphics",
                        "audio",
                        "moderation",
                        "memory",
                        "trust",
                        "persona"),
                names.subList(0, 8));
        get("/api/tasks")
                .body("tasks[6].baseline", nullValue())
                .body("tasks[6].risk", is("high"))
                .body("tasks[6].overrides", anEmptyMap());
    }

    @Test
    void whatIsSetIsShownAndAnUnknownTaskIsListedAfterTheKnownOnes() {
        register("zz-a", "zz-b");
        put(
                        "/api/tasks/zz-task",
                        "{\"baseline\": \"zz-a\", \"candidate\": \"zz-b\", \"risk\": \"low\","
                                + " \"overrides\": {\"vip\\u0000\": \"zz-b\"}}")
                .statusCode(200)
                .body("known", is(false))
                .body("risk", is("low"))
                .body("version", is(1));
        get("/api/tasks?limit=1000")
                .body("tasks.find { it.taskType == 'zz-task' }.candidate", is("zz-b"))
                .body(
                        "tasks.find { it.taskType == 'zz-task' }.overrides.values()",
                        contains("zz-b"));
    }

    @Test
    void theBaselinesBeforeAreRemembered() {
        register("h-1", "h-2", "h-3");
        put("/api/tasks/history", "{\"baseline\": \"h-1\"}").body("previousBaselines", empty());
        put("/api/tasks/history", "{\"baseline\": \"h-2\"}");
        put("/api/tasks/history", "{\"baseline\": \"h-2\", \"risk\": \"low\"}");
        put("/api/tasks/history", "{\"baseline\": \"h-3\"}")
                .body("previousBaselines", contains("h-2", "h-1"))
                .body("risk", is("high"));
    }

    @Test
    void aModelNobodyRegisteredIsRefusedByTheFieldThatNamesIt() {
        register("known");
        put("/api/tasks/t1", "{\"baseline\": \"missing\"}")
                .statusCode(422)
                .body("errors[0].pointer", is("/baseline"))
                .body("detail", containsString("PUT /api/models/missing"));
        put("/api/tasks/t1", "{\"baseline\": \"known\", \"candidate\": \"missing\"}")
                .statusCode(422)
                .body("errors[0].pointer", is("/candidate"));
        put("/api/tasks/t1", "{\"baseline\": \"known\", \"overrides\": {\"a/b\": \"missing\"}}")
                .statusCode(422)
                .body("errors[0].pointer", is("/overrides/a~1b"));
    }

    @Test
    void aTaskMayHaveNoBaselineOnlyBeforeItIsServed() {
        register("first", "second");
        put("/api/tasks/unserved", "{\"risk\": \"medium\"}")
                .statusCode(200)
                .body("baseline", nullValue());
        put("/api/tasks/unserved", "{\"candidate\": \"first\"}")
                .statusCode(422)
                .body("errors[0].pointer", is("/baseline"));
        put("/api/tasks/unserved", "{\"baseline\": \"first\", \"candidate\": \"first\"}")
                .statusCode(422)
                .body("errors[0].pointer", is("/candidate"));
        put("/api/tasks/unserved", "{\"baseline\": \"first\"}").statusCode(200);
        put("/api/tasks/unserved", "{\"risk\": \"low\"}")
                .statusCode(422)
                .body("errors[0].pointer", is("/baseline"));
    }

    @Test
    void aChangeIsAuditedWithoutTheKeysItNames() {
        register("audit-a");
        put(
                        "/api/tasks/audited",
                        "{\"baseline\": \"audit-a\", \"overrides\": {\"alice\": \"audit-a\"}}")
                .statusCode(200);
        String detail =
                database.query("SELECT detail FROM rollout.audit WHERE subject = 'task:audited'");
        assertEquals(
                "{\"baseline\":\"audit-a\",\"candidate\":null,\"overrides\":1,\"risk\":null,"
                        + "\"streaming\":\"buffered\"}",
                detail);
        assertFalse(detail.contains("alice"));
    }

    @Test
    void aListIsPagedInItsOrder() {
        var first = given().get("/api/tasks?limit=5").then().statusCode(200).extract().jsonPath();
        assertEquals("moderation", first.getString("tasks[4].taskType"));
        given().queryParam("cursor", first.getString("nextCursor"))
                .get("/api/tasks?limit=3")
                .then()
                .statusCode(200)
                .body("tasks.taskType", contains("memory", "trust", "persona"));
    }
}
