package dev.acey.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.launcher.RunningSystem.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's commands, as the guide prints them, against the real processes. */
class GuideIT {

    private static final List<String> STEPS =
            List.of(
                    "collect_logs",
                    "prepare_datasets",
                    "fine_tune_models",
                    "run_simulations",
                    "gradual_deployment",
                    "monitor_metrics");

    @TempDir static Path folder;
    private static RunningSystem system;

    @BeforeAll
    static void up() {
        system = new RunningSystem(folder.resolve("data")).start();
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    201,
                    system.post(
                                    "/api/log",
                                    "application/json",
                                    entry(i % 2 == 0 ? "game" : "website", i))
                            .status());
        }
    }

    @AfterAll
    static void down() {
        system.close();
    }

    @Test
    void everyPartIsUp() {
        Answer health = run("debug-health");
        assertEquals(200, health.status());
        assertEquals("UP", health.body().path("status").asText());
        List<String> services = new ArrayList<>();
        health.body().path("services").fieldNames().forEachRemaining(services::add);
        assertTrue(
                services.containsAll(
                        List.of("gateway", "log", "dataset", "simulation", "rollout", "database")),
                services.toString());
        assertEquals("UP", run("debug-health-management").body().path("status").asText());
    }

    @Test
    void aCallIsLoggedAndCounted() {
        Answer logged = run("quick-start-log");
        assertEquals(201, logged.status());
        String id = logged.body().path("id").asText();
        assertEquals("approved", logged.body().path("controlDecision").asText());
        JsonNode entry = system.get("/api/logs/" + id).body();
        assertEquals("Test output", entry.path("llmOutput").asText());
        Answer stats = run("quick-start-stats");
        assertTrue(stats.body().path("totalLogs").asInt() >= 21, stats.toString());
        assertEquals(10, run("debug-recent-logs").body().path("logs").size());
    }

    @Test
    void aMemoryProposalOfLowConfidenceIsRejected() {
        Answer verdict = run("debug-dry-run");
        assertEquals("rejected", verdict.body().path("decision").asText());
        assertEquals("block", verdict.body().path("action").asText());
    }

    @Test
    void aDryRunOfThePrintedOutputIsApproved() {
        Answer verdict = system.curl(command("dry-run").replace("[...]", "[]"));
        assertEquals("approved", verdict.body().path("decision").asText());
        assertEquals("deliver", verdict.body().path("action").asText());
    }

    @Test
    void theDotsOfAPrintedExampleAreNotJson() {
        assertEquals(400, run("dry-run").status());
        assertEquals(400, run("simulate").status());
    }

    @Test
    void datasetsArePreparedFromRecentLogs() {
        Answer prepared = run("prepare-datasets");
        assertEquals(200, prepared.status());
        JsonNode game = prepared.body().path("datasets").path("game");
        assertEquals("game-dataset.jsonl", game.path("filename").asText());
        assertTrue(game.path("count").asInt() >= 10, game.toString());
        assertTrue(
                run("quick-start-datasets").body().path("datasets").toString().contains("website"));
    }

    @Test
    void twoModelsOutputsAreCompared() {
        String logs = "[" + withCandidate("a") + ", " + withCandidate("b") + "]";
        Answer simulated =
                system.curl(
                        command("simulate").replace("[...], // Array of test logs", logs + ","));
        assertEquals(200, simulated.status());
        assertEquals("completed", simulated.body().path("state").asText());
        assertEquals(2, simulated.body().path("statistics").path("processedLogs").asInt());
        assertEquals("inconclusive", simulated.body().path("verdict").asText());
    }

    @Test
    void theWorkflowComesToItsEnd() {
        Answer started = run("start-the-workflow");
        assertEquals(202, started.status());
        String id = started.body().path("workflowId").asText();
        String status = command("workflow-status").replace("workflow-1234567890", id);
        await("the end of " + id)
                .atMost(Duration.ofMinutes(2))
                .until(() -> !"running".equals(statusOf(system.curl(status))));
        Answer ended = system.curl(status);
        assertEquals("completed", statusOf(ended), ended.toString());
        List<String> steps = new ArrayList<>();
        ended.body().path("steps").forEach(step -> steps.add(step.path("name").asText()));
        assertEquals(STEPS, steps);
        assertEquals("skipped", ended.body().at("/steps/2/status").asText());
        assertTrue(run("workflow-list").body().toString().contains(id));
    }

    @Test
    void theQuickStartsWorkflowGetsItsDefaults() {
        Answer started = run("quick-start-workflow");
        assertEquals(202, started.status());
        assertTrue(started.body().path("config").path("collectLogs").asBoolean());
        assertEquals(404, run("workflow-status").status());
        assertEquals(200, run("debug-workflow-list").status());
    }

    @Test
    void whatIsDecidedStandsInTrailsThatOtherServicesRemember() {
        String id = run("quick-start-workflow").body().path("workflowId").asText();
        assertEquals(
                "workflow.start",
                system.get("/api/audit?subject=workflow:" + id)
                        .body()
                        .at("/entries/0/action")
                        .asText());
        await("anchors of every trail")
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            JsonNode trails = system.get("/api/audit/verify").body().path("trails");
                            return trails.at("/gateway/anchored").asInt() > 0
                                    && trails.at("/rollout/anchored").asInt() > 0;
                        });
        Answer verified = system.get("/api/audit/verify");
        assertTrue(verified.body().path("intact").asBoolean(), verified.toString());
        assertEquals(5, verified.body().path("trails").size());
    }

    private static String statusOf(Answer answer) {
        return answer.body().path("status").asText();
    }

    private static Answer run(String name) {
        return system.curl(command(name));
    }

    private static String command(String name) {
        try (var in = GuideIT.class.getResourceAsStream("/guide/" + name + ".sh")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String entry(String task, int number) {
        return """
        {"taskType": "%s", "llmPrompt": "prompt %d", "aceyOutput": {"speech": "hi", "intents": []}}
        """
                .formatted(task, number);
    }

    private static String withCandidate(String prompt) {
        return """
        {"taskType": "game", "llmPrompt": "%s", "aceyOutput": {"speech": "one", "intents": []},
         "candidateOutput": {"speech": "another", "intents": []}}
        """
                .formatted(prompt);
    }
}
