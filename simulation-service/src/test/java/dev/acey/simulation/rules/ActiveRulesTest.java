package dev.acey.simulation.rules;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.RolloutService;
import dev.acey.kit.test.RolloutServiceResource;
import dev.acey.rules.RuleSet;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = RolloutServiceResource.class, scope = TestResourceScope.GLOBAL)
class ActiveRulesTest {

    private static final RuleSet SHIPPED = RuleSet.shipped();
    private static final RuleSet TRUSTING = SHIPPED.with("memory.lowConfidence", false);
    private static final RuleSet PATIENT = SHIPPED.with("memory.ttlLimit", false);
    private static final String UNSURE =
            "{\"aceyOutput\":{\"speech\":\"Hm.\",\"intents\":[{\"type\":\"memory_proposal\","
                    + "\"text\":\"tea\",\"confidence\":0.3}]}";

    RolloutService rollout;

    @BeforeEach
    void rolloutServiceKnowsAll() {
        rollout.knowsNothing();
        rollout.knows(SHIPPED.hash(), SHIPPED.canonical());
        rollout.knows(TRUSTING.hash(), TRUSTING.canonical());
    }

    @AfterEach
    void theShippedSetIsActiveAgain() {
        rolloutServiceKnowsAll();
        activate(SHIPPED);
    }

    @Test
    void aDryRunUsesTheActiveSet() {
        activate(TRUSTING);
        dryRun(UNSURE + "}").statusCode(200).body("decision", is("approved"));
        activate(SHIPPED);
        dryRun(UNSURE + "}").statusCode(200).body("decision", is("rejected"));
    }

    @Test
    void aDryRunUsesTheSetItNamesWhicheverIsActive() {
        dryRun(naming(TRUSTING))
                .statusCode(200)
                .body("decision", is("approved"))
                .body("ruleSet", is(TRUSTING.hash()));
        activate(TRUSTING);
        dryRun(naming(SHIPPED)).statusCode(200).body("decision", is("rejected"));
    }

    @Test
    void theActiveSetHoldsWhileRolloutServiceIsAwayAndOtherSetsAreUnavailable() {
        activate(TRUSTING);
        rollout.isAway();
        dryRun(UNSURE + "}").statusCode(200).body("ruleSet", is(TRUSTING.hash()));
        dryRun(naming(PATIENT))
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue());
    }

    @Test
    void aSimulationIsBoundToTheSetThatWasActiveWhenItWasAskedFor() {
        activate(TRUSTING);
        String id =
                given().contentType("application/json")
                        .body(
                                "{\"logs\":[{\"taskType\":\"memory\",\"llmPrompt\":\"p\","
                                        + UNSURE.substring(1)
                                        + "}]}")
                        .post("/api/simulate")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("id");
        String judged =
                given().get("/api/simulate/" + id + "/cases").path("cases[0].baseline.ruleSet");
        assertEquals(TRUSTING.hash(), judged);
    }

    private void activate(RuleSet set) {
        rollout.activates(set.hash());
        await().until(() -> set.hash().equals(dryRun(UNSURE + "}").extract().path("ruleSet")));
    }

    private static String naming(RuleSet set) {
        return UNSURE + ",\"ruleSet\":\"" + set.hash() + "\"}";
    }

    private static ValidatableResponse dryRun(String request) {
        return given().contentType("application/json").body(request).post("/api/dryrun").then();
    }
}
