package dev.acey.bench.route;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks one replica for routes, each time with another key, at a pace that leaves the machine to
 * breathe: what is measured is the switch, not who gets a core.
 */
final class RouteLoad implements AutoCloseable {

    private static final int PAUSE_MS = 4;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI replica;
    private final String taskType;
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder answers = new LongAdder();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final AtomicLong lastCandidate = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong lastBaseline = new AtomicLong(Long.MIN_VALUE);
    private volatile boolean stopped;

    RouteLoad(URI replica, String taskType, int connections) {
        this.replica = replica;
        this.taskType = taskType;
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(this::ask, "load-" + replica.getPort() + "-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void ask() {
        while (!stopped) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
            String key = Long.toHexString(ThreadLocalRandom.current().nextLong());
            try {
                HttpResponse<String> answer =
                        http.send(
                                HttpRequest.newBuilder(
                                                replica.resolve(
                                                        "/api/rollout/route?taskType=%s&key=%s"
                                                                .formatted(taskType, key)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                long now = System.nanoTime();
                answers.increment();
                if (answer.statusCode() != 200) {
                    failed("status " + answer.statusCode());
                } else if (answer.body().contains("\"variant\":\"candidate\"")) {
                    lastCandidate.accumulateAndGet(now, Math::max);
                } else {
                    lastBaseline.accumulateAndGet(now, Math::max);
                }
            } catch (IOException e) {
                failed(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** When the last answer that named the candidate had arrived, by {@link System#nanoTime}. */
    long lastCandidate() {
        return lastCandidate.get();
    }

    /** When the last answer that named the baseline had arrived, by {@link System#nanoTime}. */
    long lastBaseline() {
        return lastBaseline.get();
    }

    long answers() {
        return answers.sum();
    }

    /** How many failed, by what they failed with. */
    Map<String, LongAdder> failures() {
        return failures;
    }

    private void failed(String how) {
        failures.computeIfAbsent(how, k -> new LongAdder()).increment();
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
