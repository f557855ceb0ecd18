package dev.acey.bench.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.bench.system.AceySystem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running system in which rollouts take seconds: short ticks, quick models. */
final class Stage {

    static final String BASE = "bench-base";
    static final String NEXT = "bench-next";

    /** A tick is read some four seconds after its end: models have two to answer. */
    static final Map<String, String> QUICK =
            Map.of("ACEY_ROLLOUT_TICK_SECONDS", "1", "ACEY_ROLLOUT_LATE_SECONDS", "2");

    private static final int SHORTEST = 3;

    private static final String STAGE =
            "{\"kind\": \"%s\", \"weight\": %d, \"approval\": %b, \"minSamples\": 50,"
                    + " \"minSeconds\": %d, \"maxSeconds\": 600}";

    private final AceySystem system;
    private final Api api = new Api();

    Stage(AceySystem system) {
        this.system = system;
    }

    /** Two models of the stub, both well behaved. */
    void setUp() throws IOException, InterruptedException {
        for (String[] model : new String[][] {{BASE, "calm"}, {NEXT, "fresh"}}) {
            api.send(
                            "PUT",
                            system.gateway("/api/models/" + model[0]),
                            "{\"baseUrl\": \"%s\", \"upstreamModel\": \"%s\", \"timeoutMs\": 2000}"
                                    .formatted(system.stub("/v1"), model[1]))
                    .good();
            behave(model[1], "{\"latencyMs\": 5, \"jitterMs\": 5}");
        }
    }

    /** Has one of the stub's models behave otherwise. */
    void behave(String persona, String change) throws IOException, InterruptedException {
        api.send("PATCH", system.stub("/control/" + persona), change).good();
    }

    void task(String taskType, String risk) throws IOException, InterruptedException {
        api.send(
                        "PUT",
                        system.gateway("/api/tasks/" + taskType),
                        "{\"baseline\": \"%s\", \"risk\": \"%s\"}".formatted(BASE, risk))
                .good();
    }

    private static String stages(boolean approved, int firstSeconds) {
        return "["
                + String.join(
                        ",",
                        STAGE.formatted("shadow", 10_000, false, SHORTEST),
                        STAGE.formatted("live", 1_000, approved, firstSeconds),
                        STAGE.formatted("live", 5_000, false, SHORTEST),
                        STAGE.formatted("live", 10_000, false, SHORTEST))
                + "]";
    }

    /** As the other, with a first live stage as short as the rest. */
    String begin(URI service, String taskType, boolean approved)
            throws IOException, InterruptedException {
        return begin(service, taskType, approved, SHORTEST);
    }

    /**
     * Begins a rollout past the gate, at the given rollout-service, and names it.
     *
     * @param approved whether a person is asked before the first live stage
     * @param firstSeconds how long that lasts at least
     */
    String begin(URI service, String taskType, boolean approved, int firstSeconds)
            throws IOException, InterruptedException {
        return api.send(
                        "POST",
                        service.resolve("/api/rollouts"),
                        ("{\"taskType\": \"%s\", \"candidate\": \"%s\", \"stages\": %s,"
                                        + " \"override\": {\"reason\": \"a benchmark\"}}")
                                .formatted(taskType, NEXT, stages(approved, firstSeconds)))
                .good()
                .json()
                .path("id")
                .asText();
    }

    JsonNode rollout(URI service, String id) throws IOException, InterruptedException {
        return api.get(service.resolve("/api/rollouts/" + id)).good().json();
    }

    /** Waits for this to be so. */
    JsonNode await(URI service, String id, Duration atMost, Predicate<JsonNode> so)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        JsonNode rollout = rollout(service, id);
        while (!so.test(rollout)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + atMost + ": " + rollout);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            rollout = rollout(service, id);
        }
        return rollout;
    }

    Api api() {
        return api;
    }

    static boolean isIn(JsonNode rollout, String state) {
        return rollout.path("state").asText().equals(state);
    }
}
