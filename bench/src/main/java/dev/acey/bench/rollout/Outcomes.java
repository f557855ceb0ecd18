package dev.acey.bench.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.rules.RuleSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rollouts, a method for each outcome; each takes the stub's persona that plays its candidate. */
final class Outcomes {

    private static final int USERS_OF_EACH = 4;
    private static final int HALF = 2;
    private static final String FAILING = "{\"errorRate\": 0.8}";
    private static final int A_MINUTE = 60;

    private final AceySystem system;
    private final Stage stage;
    private final URI gateway;
    private final Path folder;
    private final List<Proof> proofs = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param folder for the evidence
     */
    Outcomes(AceySystem system, Stage stage, Path folder) {
        this.system = system;
        this.stage = stage;
        this.gateway = system.gateway("/");
        this.folder = folder;
    }

    /** What came of the evidence of those that ended so far. */
    List<Proof> proofs() {
        return List.copyOf(proofs);
    }

    private Case open(String name, String persona, String risk)
            throws IOException, InterruptedException {
        return new Case(stage, gateway, name, persona, risk, USERS_OF_EACH);
    }

    void good(String persona) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (Case rollout = open("good", persona, "low")) {
            rollout.begin(Stages.quick()).await("promoted");
            System.out.printf(
                    "good: promoted by itself, %.1f s after its first recorded call; %d calls, %d"
                            + " of them failed%n",
                    (System.nanoTime() - begun) / 1e9,
                    rollout.traffic().answers(),
                    rollout.traffic().failures());
            end(rollout);
        }
    }

    void failsAtHalf(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("fails-at-half", persona, "low")) {
            rollout.begin(Stages.quick()).awaitStage(HALF).behave(FAILING);
            rollout.await("rolled_back");
            end(rollout);
        }
    }

    void approved(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("approved", persona, "medium")) {
            rollout.begin(Stages.quick().approved(1)).await("waiting_for_approval");
            System.out.println("approved: waits for a person");
            rollout.decide("approve", "seen in shadow").await("promoted");
            end(rollout);
        }
    }

    /** Says for how long and to how many people a candidate did harm that turned bad at 50 %. */
    void blocked(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("blocked", persona, "low")) {
            rollout.begin(Stages.quick()).awaitStage(HALF);
            long before = rollout.traffic().answers();
            rollout.behave("{\"drift\": 0.9}").await("rolled_back");
            long calls = rollout.traffic().answers() - before;
            rollout.close();
            System.out.printf(
                    "blocked: %.1f s from its first bad answer to its last delivered one, %d users"
                            + " saw a bad one, %d calls meanwhile%n",
                    rollout.traffic().harm().toMillis() / 1e3,
                    rollout.traffic().usersWithBad(),
                    calls);
            end(rollout);
        }
    }

    void unevenSplit(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("uneven-split", persona, "low")) {
            rollout.begin(Stages.quick().least(HALF, A_MINUTE)).awaitStage(HALF);
            rollout.traffic().candidatesOnly();
            rollout.await("paused");
            end(rollout);
        }
    }

    void early(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("early", persona, "low")) {
            rollout.begin(Stages.quick().least(1, A_MINUTE)).awaitStage(1);
            rollout.decide("promote", "the old model is switched off today").await("promoted");
            end(rollout);
        }
    }

    void cancelled(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("cancelled", persona, "low")) {
            rollout.begin(Stages.quick().least(1, A_MINUTE)).awaitStage(1);
            rollout.decide("cancel", "another candidate comes").await("cancelled");
            end(rollout);
        }
    }

    /** Without traffic there is nothing to simulate: refused, then past the gate, on the record. */
    void silent(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("silent", persona, "low")) {
            rollout.close();
            Stages stages = Stages.live(1_000, 5_000).most(0, 5);
            Api.Answer refused = rollout.refused(stages);
            System.out.printf(
                    "silent: without a simulation %d: %s%n", refused.status(), refused.body());
            if (refused.status() != 422) {
                throw new IllegalStateException("not refused");
            }
            rollout.beginPastTheGate(stages);
            JsonNode entry = rollout.auditedStart();
            System.out.printf(
                    "silent: in the audit trail, %s by %s, override: %s%n",
                    entry.path("action").asText(),
                    entry.path("actor").asText(),
                    entry.path("detail").path("override").asText());
            rollout.await("paused");
            end(rollout);
        }
    }

    void failsAtOnePercent(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("fails-at-one-percent", persona, "low")) {
            rollout.begin(Stages.of(100, 1_000, 5_000, 10_000)).awaitStage(1).behave(FAILING);
            rollout.await("rolled_back");
            end(rollout);
        }
    }

    void slow(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("slow", persona, "low")) {
            rollout.begin(Stages.quick().least(1, A_MINUTE)).awaitStage(1);
            rollout.behave("{\"latencyMs\": 2000}").await("rolled_back");
            end(rollout);
        }
    }

    void failsInShadow(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("fails-in-shadow", persona, "low")) {
            rollout.begin(Stages.quick().least(0, A_MINUTE)).behave(FAILING).await("rolled_back");
            end(rollout);
        }
    }

    void killed(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("killed", persona, "low")) {
            rollout.begin(Stages.quick().least(1, A_MINUTE)).awaitStage(1);
            rollout.kill("users complain").await("paused");
            rollout.decide("rollback", "they were right").await("rolled_back");
            end(rollout);
        }
    }

    /** Alone: every task has this baseline. */
    void baselineFailsAsWell(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("baseline-fails-as-well", persona, "low")) {
            rollout.begin(Stages.quick().least(HALF, A_MINUTE)).awaitStage(HALF);
            stage.behave("calm", FAILING);
            rollout.behave(FAILING).await("paused");
            end(rollout);
        } finally {
            stage.behave("calm", "{\"errorRate\": 0.0}");
        }
    }

    /** Alone: the rules are everybody's. */
    void otherRules(String persona) throws IOException, InterruptedException {
        try (Case rollout = open("other-rules", persona, "low")) {
            rollout.begin(Stages.quick().least(1, 20)).awaitStage(1);
            activate(RuleSet.shipped().with("persona.frequencyLimit", false));
            rollout.await("paused");
            rollout.decide("resume", "the new rule set is of no matter here").await("promoted");
            end(rollout);
        }
    }

    private void activate(RuleSet rules) throws IOException, InterruptedException {
        stage.api().send("POST", system.gateway("/api/rules"), rules.canonical()).good();
        ObjectNode command = JsonNodeFactory.instance.objectNode().put("actor", "bench");
        stage.api()
                .send(
                        "POST",
                        system.gateway("/api/rules/" + rules.hash() + "/activate"),
                        command.toString())
                .good();
    }

    /** Prints the history and has the evidence checked. */
    private void end(Case rollout) throws IOException, InterruptedException {
        ObjectNode evidence = rollout.evidence();
        StringBuilder history = new StringBuilder();
        for (JsonNode step : evidence.path("rollout").path("steps")) {
            history.append(
                    "  %s %s: %s, stage %s, by %s (%s)%n"
                            .formatted(
                                    step.path("at").asText(),
                                    step.path("action").asText(),
                                    step.path("state").asText(),
                                    step.path("stage").asText(),
                                    step.path("actor").asText(),
                                    step.path("detail").path("reason").asText()));
        }
        Proof proof = Proof.of(rollout.name(), evidence, folder);
        proofs.add(proof);
        System.out.printf("%s:%n%s  changed copy: %s%n", rollout.name(), history, proof.said());
    }
}
