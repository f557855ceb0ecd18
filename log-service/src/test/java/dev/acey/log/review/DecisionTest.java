package dev.acey.log.review;

import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.json;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class DecisionTest {

    @Inject AuditTrail audit;
    @Inject Clock clock;
    PostgresServer postgres;

    @Test
    void aPersonOutranksTheRules() {
        String id = store();
        JsonNode decided =
                json(
                        decide(
                                        id,
                                        entry(
                                                "{'decision':'rejected','reviewer':'Ada ♠',"
                                                        + "'reason':'off \\u0000 topic',"
                                                        + "'finalAction':{'mute':60}}"))
                                .then()
                                .statusCode(200)
                                .extract()
                                .asString());
        assertEquals("rejected", decided.path("controlDecision").asText());
        assertEquals("approved", decided.path("autoRules").path("decision").asText());
        assertEquals("Ada ♠", decided.path("review").path("reviewer").asText());
        assertEquals("off \0 topic", decided.path("review").path("reason").asText());
        assertTrue(decided.path("review").path("at").asText().endsWith("Z"));
        assertEquals(60, decided.path("finalAction").path("mute").asInt());
        assertEquals(decided, get("/api/logs/" + id));
    }

    @Test
    void aLaterDecisionReplacesAnEarlierOneAndKeepsTheFinalActionItDoesNotName() {
        String id = store();
        decide(id, entry("{'decision':'rejected','finalAction':'mute'}")).then().statusCode(200);
        decide(id, entry("{'decision':'approved','reviewer':'Bo'}"))
                .then()
                .statusCode(200)
                .body("controlDecision", equalTo("approved"))
                .body("finalAction", equalTo("mute"))
                .body("review.reviewer", equalTo("Bo"));
    }

    @Test
    void writingTheEntryAgainDoesNotUndoTheDecision() {
        String id = store();
        decide(id, entry("{'decision':'rejected'}")).then().statusCode(200);
        log(entry("{'id':'%s','taskType':'a','llmPrompt':'x'}".formatted(id)))
                .then()
                .statusCode(200)
                .body("controlDecision", equalTo("rejected"));
    }

    @Test
    void everyDecisionIsInTheAuditTrail() throws Throwable {
        String id = store();
        decide(id, entry("{'decision':'pending','reviewer':'Ada','reason':'secret words'}"))
                .then()
                .statusCode(200);
        String recorded =
                postgres.query(
                        "SELECT concat_ws(' ', actor, action, detail) FROM log.audit"
                                + " WHERE subject = 'log:%s'".formatted(id));
        assertEquals(
                entry("Ada log.decide {'finalAction':false,'from':'approved','to':'pending'}"),
                recorded);
        assertTrue(VertxContextSupport.subscribeAndAwait(() -> audit.verify()).intact());
    }

    @Test
    void aDecisionThatCannotBeAuditedIsNotTaken() {
        String id = store();
        postgres.execute("REVOKE INSERT ON log.audit FROM acey_log_app");
        try {
            decide(id, entry("{'decision':'rejected'}")).then().statusCode(500);
        } finally {
            postgres.execute("GRANT INSERT ON log.audit TO acey_log_app");
        }
        assertEquals("approved", get("/api/logs/" + id).path("controlDecision").asText());
    }

    @Test
    void anEntryThatIsNotThereCannotBeDecided() {
        Instant longAgo = clock.instant().minus(Duration.ofHours(2));
        String id = UuidCreator.getTimeOrderedEpoch(longAgo).toString();
        decide(id, entry("{'decision':'rejected'}")).then().statusCode(404);
    }

    private static String store() {
        return log(entry("{'taskType':'%s','llmPrompt':'x','llmOutput':'y'}".formatted(newTask())))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
