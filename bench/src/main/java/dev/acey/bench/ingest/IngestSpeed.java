package dev.acey.bench.ingest;

import dev.acey.bench.system.AceySystem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Bulk entries a second beside {@code \copy} of the same rows, and single posts beside pgbench's
 * one-row commits of the same row: the same server, the same tables, in turn. Load, service and
 * database share the processors, as PostgreSQL's programs do with the database.
 *
 * <p>Arguments: entries of a bulk body (100,000), rounds (3), seconds of a run of single posts
 * (15).
 */
public final class IngestSpeed {

    private static final int CONNECTIONS = 64;
    private static final int ENTRIES_TO_WARM_UP = 60_000;

    private final AceySystem system;
    private final Yardstick yardstick;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Lines lines = new Lines(7);

    private IngestSpeed(AceySystem system) {
        this.system = system;
        this.yardstick = new Yardstick(system);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int entries = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 15;
        try (AceySystem system = AceySystem.start()) {
            IngestSpeed speed = new IngestSpeed(system);
            System.out.printf(
                    "%d processors, shared by load, service and database%n",
                    Runtime.getRuntime().availableProcessors());
            for (String setting :
                    new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                System.out.println(
                        setting + " = " + speed.yardstick.column("SHOW " + setting).get(0));
            }
            speed.bulk(entries, rounds);
            speed.single(rounds, seconds);
        }
    }

    private void bulk(int entries, int rounds) throws IOException, InterruptedException {
        post(write(ENTRIES_TO_WARM_UP), ENTRIES_TO_WARM_UP);
        truncate();
        post(write(entries), entries);
        yardstick.prepare();
        yardstick.export("text");
        yardstick.export("binary");
        double best = 0;
        double bestCopy = 0;
        for (int round = 1; round <= rounds; round++) {
            truncate();
            double ours = entries / post(write(entries), entries);
            double text = entries / yardstick.copy("text");
            double binary = entries / yardstick.copy("binary");
            System.out.printf(
                    "bulk %d: %,.0f entries/s; \\copy %,.0f rows/s (binary %,.0f); ratio %.2f"
                            + " (binary %.2f)%n",
                    round, ours, text, binary, ours / text, ours / binary);
            best = Math.max(best, ours);
            bestCopy = Math.max(bestCopy, text);
        }
        System.out.printf(
                "bulk, best of each: %,.0f and %,.0f; ratio %.2f%n",
                best, bestCopy, best / bestCopy);
    }

    private void single(int rounds, int seconds) throws IOException {
        URI uri = system.service("log", "/api/log");
        // Without an id: each post is an entry of its own.
        String body = lines.next(lines.id(Instant.now())).replaceFirst("\"id\":\"[^\"]*\",", "");
        PostLoad load = new PostLoad(uri, body, CONNECTIONS);
        load.run(Duration.ofSeconds(seconds));
        yardstick.prepare();
        for (int round = 1; round <= rounds; round++) {
            PostLoad.Result ours = load.run(Duration.ofSeconds(seconds));
            PostLoad.Result pgbench = yardstick.inserts(CONNECTIONS, seconds);
            System.out.printf(
                    "single %d: %s; pgbench %s; ratio %.2f%n",
                    round, ours, pgbench, ours.perSecond() / pgbench.perSecond());
        }
    }

    private void truncate() {
        yardstick.execute("TRUNCATE log.entry, log.payload", "CHECKPOINT");
    }

    private Path write(int entries) throws IOException {
        Path file = system.data("lines.ndjson");
        Instant now = Instant.now();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < entries; i++) {
                out.write(lines.next(lines.id(now.plusMillis(i / 100))));
                out.write('\n');
            }
        }
        return file;
    }

    /** Posts the file in one request; how long it took, seconds. */
    private double post(Path file, int entries) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(system.service("log", "/api/logs"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofFile(file))
                        .build();
        long start = System.nanoTime();
        String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!answer.contains("\"accepted\":" + entries + ",")) {
            throw new IllegalStateException(answer);
        }
        return seconds;
    }
}
