package dev.acey.rollout.gate;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.staged.Staged.start;
import static dev.acey.rollout.staged.Staged.task;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import dev.acey.kit.test.PostgresServer;
import dev.acey.rollout.SimulationService;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class GateTest {

    private static final String ID = "019bbf9c-0000-7000-8000-00000000000a";
    private static final String NAMED = "\"simulationId\": \"" + ID + "\"";

    PostgresServer database;
    SimulationService simulations;

    @AfterEach
    void forget() {
        simulations.hasNothing();
    }

    private static String simulation(String taskType) {
        return """
                {"id": "%s", "state": "completed", "verdict": "pass", "gates": true,
                 "candidateModel": "s-next", "ruleSet": "%s", "cases": ["not kept"],
                 "tasks": {"%s": {"verdict": "pass", "reasons": ["well enough"]}}}
                """
                .formatted(ID, activeRuleSet(), taskType);
    }

    private static String activeRuleSet() {
        return get("/api/rules").extract().path("rules.find { it.active }.hash");
    }

    @Test
    void aSimulationThatAskedTheCandidateAndPassedLetsTheRolloutBegin() {
        task("gate-named", "low");
        simulations.has(ID, simulation("gate-named"));
        start("gate-named", NAMED)
                .statusCode(201)
                .body("simulationId", is(ID))
                .body("ruleSet", is(activeRuleSet()));
        assertEquals(
                "0",
                database.query(
                        "SELECT count(*) FROM rollout.rollout WHERE gate LIKE '%not kept%'"));
    }

    @Test
    void theEvidenceNamesTheSimulationAndWhatTheCandidateLearnedFrom() throws Exception {
        task("gate-evidence", "low");
        put(
                        "/internal/models/s-next/lineage",
                        """
                        {"dataset": "game-dataset.jsonl", "version": 3, "sha256": "%s",
                         "training": "01a204be-9b53-7892-a0a0-fde3763626c8"}
                        """
                                .formatted("ab".repeat(32)))
                .statusCode(204);
        String simulation = simulation("gate-evidence");
        simulations.has(ID, simulation);
        String id = start("gate-evidence", NAMED).statusCode(201).extract().path("id");
        String compact = new ObjectMapper().readTree(simulation).toString();
        get("/api/rollouts/" + id + "/evidence")
                .statusCode(200)
                .body("rollout.gate.simulation.id", is(ID))
                .body(
                        "rollout.gate.simulation.hash",
                        is("sha256:" + Hashing.sha256().hashString(compact, UTF_8)))
                .body("rollout.datasets.keySet()", contains("s-next"))
                .body("rollout.datasets.s-next.dataset", is("game-dataset.jsonl"))
                .body("rollout.datasets.s-next.version", is(3))
                .body("rollout.datasets.s-next.sha256", is("ab".repeat(32)))
                .body(
                        "rollout.datasets.s-next.training",
                        is("01a204be-9b53-7892-a0a0-fde3763626c8"));
    }

    @Test
    void withoutANameOneOfTheNewestDoes() {
        task("gate-any", "low");
        simulations.has(ID, simulation("gate-any"));
        start("gate-any", "\"stages\": null").statusCode(201).body("simulationId", is(ID));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"gates\": true | \"gates\": false | did not ask the candidate itself",
                "\"state\": \"completed\" | \"state\": \"running\" | is running, not completed",
                "\"candidateModel\": \"s-next\" | \"candidateModel\": \"other\" | asked other",
                "\"verdict\": \"pass\", \"reasons\" | \"verdict\": \"inconclusive\", \"reasons\""
                        + " | says inconclusive",
                "\"tasks\": {\"gate-no\" | \"tasks\": {\"another\" | has no calls of the task",
                "\"ruleSet\": \"sha256: | \"ruleSet\": \"sha256:x | is active",
            })
    void anyOtherDoesNotAndTheAnswerSaysWhy(String from, String to, String why) {
        task("gate-no", "low");
        String passing = simulation("gate-no");
        String changed =
                from.startsWith("\"ruleSet\"")
                        ? passing.replaceAll("sha256:.", "sha256:x")
                        : passing.replace(from.strip(), to.strip());
        simulations.has(ID, changed);
        start("gate-no", NAMED)
                .statusCode(422)
                .body("errors.pointer", hasItem("/simulationId"))
                .body("errors.detail", hasItem(containsString(why.strip())));
    }

    @Test
    void aSimulationNobodyRanIsNone() {
        task("gate-none", "low");
        start("gate-none", NAMED)
                .statusCode(422)
                .body("errors.detail", hasItem(containsString("There is no simulation")));
        start("gate-none", "\"stages\": null")
                .statusCode(422)
                .body("errors.detail", hasItem(containsString("No simulation has asked s-next")));
    }

    @Test
    void whileSimulationServiceIsAwayOnlyAnOverrideBegins() {
        task("gate-away", "low");
        simulations.answers(500);
        start("gate-away", NAMED).statusCode(503).header("Retry-After", notNullValue());
        start("gate-away", "\"override\": {\"reason\": \"known from before\"}")
                .statusCode(201)
                .body("override", is("known from before"));
        assertEquals(
                "known from before",
                database.query(
                        "SELECT detail::json ->> 'override' FROM rollout.audit"
                                + " WHERE action = 'rollout.start'"
                                + " AND detail LIKE '%gate-away%'"));
    }
}
