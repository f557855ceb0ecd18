package dev.acey.bench.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One rollout of a task and a candidate of its own, through the gateway and the real gate: traffic
 * of the baseline is recorded, the candidate is asked the same, and what lets it begin is the
 * simulation that it passed.
 */
final class Case implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Stage stage;
    private final URI gateway;
    private final String name;
    private final String persona;
    private final String taskType;
    private final int connections;
    private Traffic traffic;
    private String id;

    /**
     * @param persona of the stub, which plays the candidate and behaves well at first
     * @param connections users who ask at once
     */
    Case(Stage stage, URI gateway, String name, String persona, String risk, int connections)
            throws IOException, InterruptedException {
        this.stage = stage;
        this.gateway = gateway;
        this.name = name;
        this.persona = persona;
        this.taskType = "e2e-" + name;
        stage.model(candidate(), persona);
        stage.task(taskType, risk);
        this.connections = connections;
        serve();
    }

    private void serve() {
        traffic = new Traffic(List.of(gateway), taskType, candidate(), connections);
    }

    private String candidate() {
        return "bench-" + name;
    }

    /** Records, simulates while nobody asks, and begins. */
    Case begin(Stages stages) throws IOException, InterruptedException {
        stage.awaitRecord(taskType);
        traffic.close();
        String simulation = stage.simulate(taskType, candidate());
        serve();
        id = stage.begin(gateway, taskType, candidate(), stages, simulation);
        return this;
    }

    /** Asks for the rollout without a simulation and without an override: what is answered. */
    Api.Answer refused(Stages stages) throws IOException, InterruptedException {
        return stage.begin(gateway, Stage.order(taskType, candidate(), stages));
    }

    Case beginPastTheGate(Stages stages) throws IOException, InterruptedException {
        id = stage.beginPastTheGate(gateway, taskType, candidate(), stages);
        return this;
    }

    /** Has the candidate behave otherwise. */
    Case behave(String change) throws IOException, InterruptedException {
        stage.behave(persona, change);
        return this;
    }

    /** Waits for the rollout to be running in this stage. */
    Case awaitStage(int number) throws IOException, InterruptedException {
        stage.await(
                gateway,
                id,
                PATIENCE,
                rollout -> {
                    requireUnderWay(rollout);
                    return Stage.isIn(rollout, "running")
                            && rollout.path("stage").asInt() == number;
                });
        return this;
    }

    /** What has ended comes to no stage any more. */
    private static void requireUnderWay(JsonNode rollout) {
        if (!rollout.path("endedAt").isNull()) {
            throw new IllegalStateException("it ended before its time: " + rollout);
        }
    }

    Case await(String state) throws IOException, InterruptedException {
        JsonNode rollout =
                stage.await(
                        gateway,
                        id,
                        PATIENCE,
                        r -> Stage.isIn(r, state) || !r.path("endedAt").isNull());
        if (!Stage.isIn(rollout, state)) {
            throw new IllegalStateException("not " + state + ": " + rollout);
        }
        return this;
    }

    Case decide(String verb, String reason) throws IOException, InterruptedException {
        stage.decide(gateway, id, verb, reason);
        return this;
    }

    /** The kill switch. */
    Case kill(String reason) throws IOException, InterruptedException {
        stage.api()
                .send(
                        "PUT",
                        gateway.resolve("/api/rollout/kill"),
                        "{\"taskType\": \"%s\", \"actor\": \"bench\", \"reason\": \"%s\"}"
                                .formatted(taskType, reason))
                .good();
        return this;
    }

    /** What the audit trail has of the rollout's beginning. */
    JsonNode auditedStart() throws IOException, InterruptedException {
        URI trail = gateway.resolve("/api/audit?subject=rollout:" + id);
        for (JsonNode entry : stage.api().get(trail).good().json().path("entries")) {
            if (entry.path("action").asText().equals("rollout.start")) {
                return entry;
            }
        }
        throw new IllegalStateException("nothing on the record: " + id);
    }

    ObjectNode evidence() throws IOException, InterruptedException {
        return (ObjectNode)
                stage.api().get(gateway.resolve("/api/rollouts/" + id + "/evidence")).good().json();
    }

    Traffic traffic() {
        return traffic;
    }

    String name() {
        return name;
    }

    @Override
    public void close() throws InterruptedException {
        traffic.close();
    }
}
