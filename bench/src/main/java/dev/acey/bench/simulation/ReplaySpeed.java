package dev.acey.bench.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Verdicts a second where all calls of some days are judged again out of the store (the impact of
 * the rules that are active), and the share of what one thread does that reads and judges the same
 * entries from a local NDJSON file.
 *
 * <p>Argument: how many calls, a million unless given.
 */
public final class ReplaySpeed {

    private static final Duration OVER = Duration.ofDays(6);
    private static final int WARM_UP = 50_000;

    private final AceySystem system;
    private final Http http = new Http();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final long calls;
    private final Instant from = Instant.now().minus(OVER).minus(Duration.ofMinutes(5));

    private ReplaySpeed(AceySystem system, long calls) {
        this.system = system;
        this.calls = calls;
    }

    public static void main(String[] args) throws Exception {
        long calls = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        try (AceySystem system = AceySystem.start()) {
            new ReplaySpeed(system, calls).run();
        }
    }

    private void run() throws Exception {
        http.await(system.service("rollout", "/internal/rules/active"));
        load();
        Path file = system.data("replay.ndjson");
        export(file);
        local(file, Math.min(calls, WARM_UP));
        double fromFile = local(file, calls);
        System.out.printf("one thread, from a file: %.0f verdicts/s%n", fromFile);
        Files.delete(file);

        replay();
        double fromStore = replay();
        System.out.printf(
                "out of the store: %.0f verdicts/s, %.2f of one thread from a file%n",
                fromStore, fromStore / fromFile);
    }

    private void load() throws IOException, InterruptedException {
        HttpRequest bulk =
                HttpRequest.newBuilder(system.service("log", "/api/logs"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(
                                HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new ReplayLines(calls, from, OVER)))
                        .build();
        String answer = client.send(bulk, HttpResponse.BodyHandlers.ofString()).body();
        Runs.check(
                json.readTree(answer).path("accepted").asLong() == calls,
                "not all are stored: " + answer);
        System.out.printf("%d calls stored%n", calls);
    }

    private void export(Path file) throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(system.service("log", "/api/logs/export")).build(),
                HttpResponse.BodyHandlers.ofFile(file));
    }

    private double local(Path file, long entries) throws IOException {
        RuleSet rules = RuleSet.shipped();
        long start = System.nanoTime();
        long judged = 0;
        long changed = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            while (line != null && judged < entries) {
                JsonNode entry = json.readTree(line);
                JsonNode live = entry.get("autoRules");
                var verdict =
                        rules.judge(
                                entry.get("aceyOutput"),
                                RuleState.fromJson(live.get("state")),
                                Instant.parse(live.path("at").asText()));
                changed += verdict.decision().json().equals(live.path("decision").asText()) ? 0 : 1;
                judged++;
                line = lines.readLine();
            }
        }
        Runs.check(judged == entries && changed == 0, judged + " judged, " + changed + " changed");
        return judged / ((System.nanoTime() - start) / 1e9);
    }

    private double replay() {
        String active =
                http.get(system.service("rollout", "/internal/rules/active")).path("hash").asText();
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("from", from.toString());
        Runs runs = new Runs(system, http);
        JsonNode done = runs.end(runs.begin("/api/rules/" + active + "/impact", order));
        Runs.check(
                done.path("judged").asLong() == calls && done.path("changed").asLong() == 0,
                "not all are judged as before: " + done);
        Duration took =
                Duration.between(
                        Instant.parse(done.path("createdAt").asText()),
                        Instant.parse(done.path("endedAt").asText()));
        return calls / (took.toMillis() / 1e3);
    }
}
