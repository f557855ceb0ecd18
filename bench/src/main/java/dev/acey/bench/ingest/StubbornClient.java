package dev.acey.bench.ingest;

import dev.acey.bench.system.AceySystem;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts entries, each again under its id until it is acknowledged, and remembers which were. */
final class StubbornClient implements Runnable {

    private static final Pattern COUNTS =
            Pattern.compile("\"accepted\":(\\d+),\"duplicates\":(\\d+),\"rejected\":0,");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Set<UUID> ids = ConcurrentHashMap.newKeySet();
    private final AtomicLong acknowledgements = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AceySystem system;
    private final Lines lines;
    private final int atOnce;
    private final AtomicBoolean stop;

    /**
     * @param atOnce 1 to post one entry at a time, else how many lines a bulk body has
     */
    StubbornClient(AceySystem system, Lines lines, int atOnce, AtomicBoolean stop) {
        this.system = system;
        this.lines = lines;
        this.atOnce = atOnce;
        this.stop = stop;
    }

    Set<UUID> ids() {
        return ids;
    }

    /** Requests that were answered as stored. */
    long acknowledgements() {
        return acknowledgements.get();
    }

    /** Requests that were not. */
    long failures() {
        return failures.get();
    }

    /** Entries that were stored before the request that acknowledged them. */
    long duplicates() {
        return duplicates.get();
    }

    @Override
    public void run() {
        try {
            while (!stop.get()) {
                List<UUID> batch = new ArrayList<>();
                StringBuilder body = new StringBuilder();
                for (int i = 0; i < atOnce; i++) {
                    UUID id = lines.id(Instant.now());
                    batch.add(id);
                    body.append(lines.next(id)).append('\n');
                }
                postUntilAcknowledged(request(body.toString()));
                ids.addAll(batch);
                acknowledgements.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(system.service("log", atOnce == 1 ? "/api/log" : "/api/logs"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", atOnce == 1 ? "application/json" : "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void postUntilAcknowledged(HttpRequest request) throws InterruptedException {
        while (!isAcknowledged(request)) {
            failures.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean isAcknowledged(HttpRequest request) throws InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return false;
        }
        int status = answer.statusCode();
        if (status != 200 && status != 201 && status != 503) {
            throw new IllegalStateException(status + ": " + answer.body());
        }
        if (status != 503) {
            duplicates.addAndGet(duplicates(status, answer.body()));
        }
        return status != 503;
    }

    private long duplicates(int status, String body) {
        if (atOnce == 1) {
            return status == 200 ? 1 : 0;
        }
        Matcher counts = COUNTS.matcher(body);
        if (!counts.find()
                || Long.parseLong(counts.group(1)) + Long.parseLong(counts.group(2)) != atOnce) {
            throw new IllegalStateException(body);
        }
        return Long.parseLong(counts.group(2));
    }
}
