package dev.acey.log.feedback;

import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.feedback;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.stored;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@LogDatabase
class FeedbackTest {

    @Inject Clock clock;
    PostgresServer postgres;

    @Test
    void feedbackIsStoredAndAnsweredAsItIsStored() {
        String id = stored("'llmOutput':'y'");
        feedback(id, entry("{'metric':'helpful','value':true,'comment':'so \\u0000 good'}"))
                .then()
                .statusCode(201)
                .body("id", equalTo(id))
                .body("metric", equalTo("helpful"))
                .body("value", equalTo(true))
                .body("comment", equalTo("so \0 good"))
                .body("reviewer", nullValue())
                .body("at", matchesPattern("[0-9T:-]{19}\\.[0-9]{3}Z"));
        JsonNode kept = get("/api/logs/" + id + "/history").path("feedback").get(0);
        assertEquals("so \0 good", kept.path("comment").asText());
    }

    @Test
    void eachFeedbackStaysAndHasTheScoreItsValueSays() {
        String id = stored("'llmOutput':'y'");
        feedback(id, entry("{'metric':'helpful','value':true}")).then().statusCode(201);
        feedback(id, entry("{'metric':'helpful','value':false,'reviewer':'Ada ♠'}"))
                .then()
                .statusCode(201);
        feedback(id, entry("{'metric':'tone','value':0.25}")).then().statusCode(201);
        feedback(id, entry("{'metric':'right','value':{'speech':'yes','intents':[]}}"))
                .then()
                .statusCode(201);
        assertEquals(
                "helpful 1, helpful 0, tone 0.25, right none",
                postgres.query(
                        "SELECT string_agg(metric || ' ' || coalesce(score::text, 'none'), ', '"
                                + " ORDER BY seq) FROM log.feedback WHERE id = '%s'"
                                        .formatted(id)));
        JsonNode kept = get("/api/logs/" + id + "/history").path("feedback");
        assertEquals("Ada ♠", kept.get(1).path("reviewer").asText());
        assertEquals("yes", kept.get(3).path("value").path("speech").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'value':true} | /metric",
                "{'metric':'','value':true} | /metric",
                "{'metric':'two words','value':true} | /metric",
                "{'metric':'m'} | /value",
                "{'metric':'m','value':null} | /value",
                "{'metric':'m','value':'good'} | /value",
                "{'metric':'m','value':1.01} | /value",
                "{'metric':'m','value':-0.1} | /value",
                "{'metric':'m','value':1e999} | /value",
                "{'metric':'m','value':[]} | /value",
                "{'metric':'m','value':{}} | /value",
                "{'metric':'m','value':{'speech':7}} | /value/speech",
                "{'metric':'m','value':{'speech':'a','intents':{}}} | /value/intents",
                "{'metric':'m','value':{'speech':'\\ud83d'}} | /value/speech",
                "{'metric':'m','value':true,'reviewer':''} | /reviewer",
                "{'metric':'m','value':true,'rating':5} | /rating",
            })
    void feedbackThatBreaksARuleIsRefusedByName(String sent, String pointer) {
        feedback(stored("'llmOutput':'y'"), entry(sent))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void aCommentHasABound() {
        String sent = "{'metric':'m','value':true,'comment':'%s'}";
        feedback(stored("'llmOutput':'y'"), entry(sent.formatted("x".repeat(10_001))))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/comment"));
    }

    @Test
    void thereIsNoFeedbackOnWhatIsNotThere() {
        String old =
                UuidCreator.getTimeOrderedEpoch(clock.instant().minus(Duration.ofHours(2)))
                        .toString();
        feedback(old, entry("{'metric':'m','value':true}")).then().statusCode(404);
        feedback("none", entry("{'metric':'m','value':true}")).then().statusCode(404);
        feedback(old, "").then().statusCode(400);
    }
}
