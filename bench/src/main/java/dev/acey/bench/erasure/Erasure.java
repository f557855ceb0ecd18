package dev.acey.bench.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.training.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Plants a person in a whole system: in entries of today and of an archived day, in a channel, an
 * override, a simulation, a dataset and a model trained on it. Erases them, kills dataset-service
 * in the middle, and looks for their name, and for what only they said, in every file and table.
 */
public final class Erasure {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int OTHERS = 600;
    private static final int THEIRS = 60;

    private final AceySystem system;
    private final Trainer trainer;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String secret = "planted-" + UUID.randomUUID();
    private final String user = "Ann/\"Ω\" " + secret;

    private Erasure(AceySystem system, Trainer trainer) {
        this.system = system;
        this.trainer = trainer;
    }

    public static void main(String[] args) throws Exception {
        boolean gone;
        try (Trainer trainer = new Trainer();
                AceySystem system =
                        AceySystem.start(
                                Map.of(
                                        "ACEY_LOG_UPKEEP_EVERY", "5s",
                                        "ACEY_LOG_ARCHIVE_ENABLED", "true",
                                        "ACEY_ERASURE_SETTLE", "2s",
                                        "ACEY_OPENAI_BASE_URL", trainer.url()))) {
            gone = new Erasure(system, trainer).run();
        }
        if (!gone) {
            System.exit(1);
        }
    }

    private boolean run() throws Exception {
        plantEntries(Instant.now());
        plantEntries(Instant.now().minus(3, ChronoUnit.DAYS));
        plantInChannel();
        String dataset = plantInDataset();
        String model = train();
        plantInSimulation();
        await("an archived day", () -> files(".jsonl.gz"));
        Places places = new Places(system, secret);
        Places.print("before", places.found());

        long start = System.nanoTime();
        String encoded = URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
        JsonNode erasure =
                call("DELETE", system.service("dataset", "/api/subjects/" + encoded), null, 202);
        String id = erasure.path("id").asText();
        system.kill("dataset");
        system.awaitHealthy();
        URI at = system.service("dataset", "/api/subjects/erasures/" + id);
        await("the erasure's end", () -> !get(at).path("endedAt").isNull());
        System.out.printf(
                "erased after %.1f s, dataset-service killed in between: %s%n",
                (System.nanoTime() - start) / 1e9, get(at));

        Map<String, Long> left = places.found();
        Places.print("after", left);
        JsonNode manifest = get(system.service("dataset", manifestOf(dataset)));
        JsonNode lineage = get(system.service("rollout", "/api/models/" + model)).path("lineage");
        boolean stale = manifest.path("stale").asBoolean();
        boolean flagged = !lineage.path("staleSince").isNull() && lineage.has("staleSince");
        System.out.printf("manifest: %s%n", manifest);
        System.out.printf("model %s: %s%n", model, lineage);
        System.out.printf("files left at the provider: %d%n", trainer.files());
        boolean gone = left.isEmpty() && stale && flagged && trainer.files() == 0;
        System.out.println(gone ? "the person is gone" : "THE PERSON IS NOT GONE");
        return gone;
    }

    private void plantEntries(Instant at) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < OTHERS + THEIRS; i++) {
            boolean theirs = i % (OTHERS / THEIRS + 1) == 0;
            ObjectNode entry = JSON.createObjectNode().put("taskType", "game");
            entry.put("timestamp", at.minusMillis(i).truncatedTo(ChronoUnit.MILLIS).toString());
            entry.put("llmPrompt", "question " + i + (theirs ? " " + secret : ""));
            entry.putObject("context").put("user", theirs ? user : "user-" + i % 7);
            entry.putObject("aceyOutput")
                    .put("speech", "answer " + at.toEpochMilli() + " " + i + (theirs ? secret : ""))
                    .putArray("intents");
            entry.put("confidence", 0.9);
            lines.append(entry).append('\n');
        }
        JsonNode answer = call("POST", system.service("log", "/api/logs"), lines.toString(), 200);
        require(answer.path("rejected").asInt() == 0, "all entries are taken: " + answer);
    }

    private void plantInChannel() throws Exception {
        ObjectNode state = JSON.createObjectNode();
        state.putObject("trust").putObject(user).put("score", 0.8);
        state.putArray("memories")
                .addObject()
                .put("at", "2026-01-15T04:05:06.123Z")
                .put("text", user + " likes to bluff");
        call("PUT", system.service("rollout", "/api/channels/c/state"), state.toString(), 200);
        for (String name : List.of("bench-a", "bench-b")) {
            call(
                    "PUT",
                    system.service("rollout", "/api/models/" + name),
                    "{\"baseUrl\":\"http://127.0.0.1:9/v1\",\"upstreamModel\":\"m\"}",
                    201);
        }
        ObjectNode task = JSON.createObjectNode().put("baseline", "bench-a");
        task.putObject("overrides").put(user, "bench-b");
        call("PUT", system.service("rollout", "/api/tasks/game"), task.toString(), 200);
        for (int i = 0; i < 5; i++) {
            ObjectNode call = JSON.createObjectNode().put("taskType", "game");
            call.putObject("context").put("channel", "c").put("user", user);
            call.putObject("aceyOutput").put("speech", secret).putArray("intents");
            call("POST", system.service("rollout", "/api/process"), call.toString(), 200);
        }
    }

    private String plantInDataset() throws Exception {
        JsonNode made =
                call(
                        "POST",
                        system.service("dataset", "/api/dataset/prepare"),
                        "{\"taskTypes\":[\"game\"],\"redactPersonalData\":false}",
                        200);
        return made.at("/datasets/game/version").asText();
    }

    private String train() throws Exception {
        JsonNode training =
                call(
                        "POST",
                        system.service("dataset", "/api/finetune"),
                        "{\"dataset\":\"game-dataset.jsonl\",\"baseModel\":\"base\"}",
                        0);
        URI at = system.service("dataset", "/api/finetune/" + training.path("id").asText());
        await("the training's end", () -> !get(at).path("endedAt").isNull());
        JsonNode ended = get(at);
        require(ended.path("model").isTextual(), "a model is registered: " + ended);
        return ended.path("model").asText();
    }

    private void plantInSimulation() throws Exception {
        call(
                "POST",
                system.service("simulation", "/api/simulate"),
                "{\"select\":{\"taskType\":\"game\",\"sampleSize\":2000}}",
                0);
        await(
                "a simulation",
                () ->
                        get(system.service("simulation", "/api/simulate"))
                                .at("/simulations/0/state")
                                .asText()
                                .equals("completed"));
    }

    private String manifestOf(String version) {
        return "/api/dataset/game-dataset.jsonl/manifest?version=" + version;
    }

    private boolean files(String end) {
        try (var all = Files.walk(system.data(""))) {
            return all.anyMatch(file -> file.toString().endsWith(end));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** An empty answer from what is not up again yet. */
    private JsonNode get(URI uri) {
        try {
            return call("GET", uri, null, 200);
        } catch (IOException e) {
            return JSON.createObjectNode().putNull("endedAt");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param wanted the status; 0 for any that is fine
     */
    private JsonNode call(String method, URI uri, String body, int wanted)
            throws IOException, InterruptedException {
        String type =
                uri.getPath().equals("/api/logs") ? "application/x-ndjson" : "application/json";
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", type)
                        .header("Prefer", method.equals("DELETE") ? "respond-async" : "wait=30")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        boolean fine = wanted == 0 ? answer.statusCode() / 100 == 2 : answer.statusCode() == wanted;
        if (!fine) {
            throw new IOException(
                    method + " " + uri + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private static void await(String what, BooleanSupplier until) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!until.getAsBoolean()) {
            require(System.nanoTime() < end, "in vain: " + what);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
