package dev.acey.log.collect;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.export;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.test.RolloutService;
import dev.acey.log.LogDatabase;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class ActiveRulesTest {

    private static final RuleSet SHIPPED = RuleSet.shipped();
    private static final RuleSet TRUSTING = SHIPPED.with("memory.lowConfidence", false);
    private static final String UNSURE =
            "'aceyOutput':{'speech':'Hm.','intents':"
                    + "[{'type':'memory_proposal','text':'tea','confidence':0.3}]}";

    @ConfigProperty(name = "acey.data.dir")
    Path data;

    RolloutService rollout;

    @BeforeEach
    void rolloutServiceKnowsBoth() {
        rollout.knowsNothing();
        rollout.knows(SHIPPED.hash(), SHIPPED.canonical());
        rollout.knows(TRUSTING.hash(), TRUSTING.canonical());
    }

    @AfterEach
    void theShippedSetIsActiveAgain() {
        rolloutServiceKnowsBoth();
        activate(SHIPPED);
    }

    @Test
    void whatArrivesIsJudgedByTheActiveSetAndNamesIt() {
        activate(TRUSTING);
        JsonNode verdict = verdict();
        assertEquals(TRUSTING.hash(), verdict.path("ruleSet").asText());
        assertEquals("approved", verdict.path("decision").asText());

        activate(SHIPPED);
        assertEquals("rejected", verdict().path("decision").asText());
    }

    @Test
    void theActiveSetHoldsWhileRolloutServiceIsAwayAndIsOnDisk() throws Exception {
        activate(TRUSTING);
        rollout.isAway();
        await().until(() -> rollout.askedForTheActiveOne() > 1);
        assertEquals(TRUSTING.hash(), verdict().path("ruleSet").asText());
        Path kept = data.resolve("rules/set-" + TRUSTING.hash().substring(7) + ".json");
        assertEquals(TRUSTING.canonical(), Files.readString(kept));
        assertTrue(Files.readString(data.resolve("rules/active.json")).contains(TRUSTING.hash()));
    }

    /** The verdict of a set on this output is known: one that mixed two would have neither hash. */
    @Test
    void noVerdictMixesTwoSetsWhileAnotherBecomesActive() {
        Map<String, RuleSet> sets = new HashMap<>();
        List.of(SHIPPED, TRUSTING).forEach(set -> sets.put(set.hash(), set));
        String task = newTask();
        String lines =
                IntStream.range(0, 300).mapToObj(i -> call(task)).collect(Collectors.joining("\n"));
        Set<String> seen = new HashSet<>();
        for (RuleSet next : List.of(TRUSTING, SHIPPED, TRUSTING)) {
            rollout.activates(next.hash());
            await().until(
                            () -> {
                                bulk("/api/logs", lines).then().statusCode(200);
                                return log(call(task)).path("id") != null
                                        && verdict().path("ruleSet").asText().equals(next.hash());
                            });
        }
        for (JsonNode stored : export("?taskType=" + task)) {
            JsonNode judged = stored.path("autoRules");
            seen.add(judged.path("ruleSet").asText());
            Verdict again =
                    sets.get(judged.path("ruleSet").asText())
                            .judge(
                                    stored.path("aceyOutput"),
                                    RuleState.neutral(),
                                    Instant.parse(judged.path("at").asText()));
            assertEquals(again.hash(), judged.path("verdictHash").asText());
        }
        assertEquals(sets.keySet(), seen);
    }

    private void activate(RuleSet set) {
        rollout.activates(set.hash());
        await().until(() -> verdict().path("ruleSet").asText().equals(set.hash()));
    }

    private static JsonNode verdict() {
        String id = log(call(newTask())).then().statusCode(201).extract().path("id");
        return get("/api/logs/" + id).path("autoRules");
    }

    private static String call(String task) {
        return entry("{'taskType':'%s','llmPrompt':'x',%s}".formatted(task, UNSURE));
    }
}
