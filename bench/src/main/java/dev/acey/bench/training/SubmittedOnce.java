package dev.acey.bench.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Kills dataset-service with {@code -9} at the worst moments of a submission: when the provider has
 * the file, or has made the job, and its answer is not there yet. However often, there is one job a
 * training; printed is what finding it again costs.
 */
public final class SubmittedOnce {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 150;
    private static final String UPLOAD = "POST /files";
    private static final String CREATE = "POST /fine_tuning/jobs";

    private final AceySystem system;
    private final Trainer trainer;
    private final Http http = new Http();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<CompletableFuture<?>> open = new ArrayList<>();

    private SubmittedOnce(AceySystem system, Trainer trainer) {
        this.system = system;
        this.trainer = trainer;
    }

    public static void main(String[] args) throws Exception {
        int kills = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        boolean once;
        try (Trainer trainer = new Trainer();
                AceySystem system =
                        AceySystem.start(Map.of("ACEY_OPENAI_BASE_URL", trainer.url()))) {
            once = new SubmittedOnce(system, trainer).run(kills);
        }
        if (!once) {
            System.exit(1);
        }
    }

    private boolean run(int kills) throws InterruptedException {
        prepare();
        train("undisturbed", null);
        for (int i = 0; i < kills; i++) {
            train("killed at the upload", UPLOAD);
            train("killed at the job", CREATE);
        }
        int trainings = 1 + 2 * kills;
        System.out.printf("%d trainings, %d jobs at the provider%n", trainings, trainer.jobs());
        return trainer.jobs() == trainings && trainer.files() == 0;
    }

    private void prepare() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            ObjectNode entry = JSON.createObjectNode().put("taskType", "game");
            entry.put("llmPrompt", "question " + i);
            entry.putObject("aceyOutput").put("speech", UUID.randomUUID() + "").putArray("intents");
            lines.append(entry).append('\n');
        }
        http.post(system.service("log", "/api/logs"), "application/x-ndjson", lines.toString());
        http.post(
                system.service("dataset", "/api/dataset/prepare"),
                "application/json",
                "{\"taskTypes\":[\"game\"]}");
    }

    private void train(String how, String killedAt) throws InterruptedException {
        int before = trainer.requests().size();
        AtomicLong killed = new AtomicLong();
        if (killedAt != null) {
            trainer.before(
                    killedAt,
                    () -> {
                        killed.set(System.nanoTime());
                        system.kill("dataset");
                    });
        }
        long start = System.nanoTime();
        String last = newest("id");
        order();
        awaitThat(() -> isNew(newest("id"), last));
        awaitThat(() -> !newest("providerJobId").isEmpty());
        double seconds = (System.nanoTime() - (killed.get() == 0 ? start : killed.get())) / 1e9;
        awaitThat(() -> !newest("endedAt").isEmpty());
        long submitting =
                trainer.requests().subList(before, trainer.requests().size()).stream()
                        .takeWhile(request -> !request.startsWith("GET /fine_tuning/jobs/"))
                        .count();
        System.out.printf(
                "%s: known after %.1f s, %d requests to submit it%n", how, seconds, submitting);
    }

    /** Nobody waits for the answer: whoever gives it may be killed before. */
    private void order() {
        open.add(
                client.sendAsync(
                        HttpRequest.newBuilder(system.service("dataset", "/api/finetune"))
                                .header("Content-Type", "application/json")
                                .header("Prefer", "respond-async")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"dataset\":\"game-dataset.jsonl\","
                                                        + "\"baseModel\":\"base\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding()));
    }

    private static boolean isNew(String id, String last) {
        return !id.isEmpty() && !id.equals(last);
    }

    /** A field of the newest training; empty where it has none, or nobody answers right now. */
    private String newest(String field) {
        try {
            JsonNode value =
                    http.get(system.service("dataset", "/api/finetune?limit=1"))
                            .at("/trainings/0/" + field);
            return value.isNull() ? "" : value.asText();
        } catch (UncheckedIOException | Http.UnexpectedException e) {
            return "";
        }
    }

    private static void awaitThat(BooleanSupplier until) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!until.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("in vain");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
