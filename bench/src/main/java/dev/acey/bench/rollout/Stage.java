package dev.acey.bench.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** A tick is read some five seconds after its end: models have three to answer. */
    static final Map<String, String> QUICK =
            Map.of("ACEY_ROLLOUT_TICK_SECONDS", "1", "ACEY_ROLLOUT_LATE_SECONDS", "2");

    /** Enough for a verdict of a simulation. */
    private static final int SAMPLE = 240;

    private final AceySystem system;
    private final Api api = new Api();

    Stage(AceySystem system) {
        this.system = system;
    }

    /** Two models of the stub, both well behaved. */
    void setUp() throws IOException, InterruptedException {
        model(BASE, "calm");
        model(NEXT, "fresh");
    }

    /** Registers a model that one of the stub's personas plays, and has it behave well. */
    void model(String name, String persona) throws IOException, InterruptedException {
        api.send(
                        "PUT",
                        system.gateway("/api/models/" + name),
                        "{\"baseUrl\": \"%s\", \"upstreamModel\": \"%s\", \"timeoutMs\": 3000}"
                                .formatted(system.stub("/v1"), persona))
                .good();
        behave(persona, "{\"latencyMs\": 5, \"jitterMs\": 5, \"errorRate\": 0.0, \"drift\": 0.0}");
    }

    /** Has one of the stub's models behave otherwise. */
    void behave(String persona, String change) throws IOException, InterruptedException {
        api.send("PATCH", system.stub("/control/" + persona), change).good();
    }

    /** Until the router lets calls to a model through again that has failed a while. */
    void awaitAnswer(String model) throws IOException, InterruptedException {
        URI ask = system.service("rollout", "/internal/models/" + model + "/ask");
        String hello = "{\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";
        while (api.send("POST", ask, hello).status() != 200) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    void task(String taskType, String risk) throws IOException, InterruptedException {
        api.send(
                        "PUT",
                        system.gateway("/api/tasks/" + taskType),
                        "{\"baseline\": \"%s\", \"risk\": \"%s\"}".formatted(BASE, risk))
                .good();
    }

    /** Until so many calls of the task are in the log as a simulation replays. */
    void awaitRecord(String taskType) throws IOException, InterruptedException {
        URI logs = system.gateway("/api/logs?limit=" + SAMPLE + "&taskType=" + taskType);
        while (api.get(logs).good().json().path("logs").size() < SAMPLE) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** Asks a candidate what was asked live, and names the simulation that it passed. */
    String simulate(String taskType, String candidate) throws IOException, InterruptedException {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.putObject("select").put("taskType", taskType).put("sampleSize", SAMPLE);
        order.putObject("config").put("candidateModel", candidate);
        JsonNode simulation =
                api.send("POST", system.gateway("/api/simulate"), order.toString()).good().json();
        String id = simulation.path("id").asText();
        while (simulation.path("state").asText().equals("running")) {
            TimeUnit.MILLISECONDS.sleep(200);
            simulation = api.get(system.gateway("/api/simulate/" + id)).good().json();
        }
        if (!simulation.path("verdict").asText().equals("pass")) {
            throw new IllegalStateException(candidate + " does not pass: " + simulation);
        }
        return id;
    }

    /** Begins a rollout past the gate, at the given rollout-service, and names it. */
    String beginPastTheGate(URI service, String taskType, String candidate, Stages stages)
            throws IOException, InterruptedException {
        ObjectNode order = order(taskType, candidate, stages);
        order.putObject("override").put("reason", "a benchmark");
        return idOf(begin(service, order).good());
    }

    /** Begins a rollout that a simulation lets begin, and names it. */
    String begin(URI service, String taskType, String candidate, Stages stages, String simulation)
            throws IOException, InterruptedException {
        return idOf(
                begin(service, order(taskType, candidate, stages).put("simulationId", simulation))
                        .good());
    }

    Api.Answer begin(URI service, ObjectNode order) throws IOException, InterruptedException {
        return api.send("POST", service.resolve("/api/rollouts"), order.toString());
    }

    static ObjectNode order(String taskType, String candidate, Stages stages) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("taskType", taskType).put("candidate", candidate);
        order.set("stages", stages.json());
        return order;
    }

    private static String idOf(Api.Answer begun) throws IOException {
        return begun.json().path("id").asText();
    }

    /** What a person does to a rollout. */
    void decide(URI service, String id, String verb, String reason)
            throws IOException, InterruptedException {
        api.send(
                        "POST",
                        service.resolve("/api/rollouts/" + id + "/" + verb),
                        "{\"actor\": \"bench\", \"reason\": \"%s\"}".formatted(reason))
                .good();
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
