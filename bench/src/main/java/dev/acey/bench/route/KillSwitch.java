package dev.acey.bench.route;

import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Replica;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * Two processes of rollout-service under load: from the kill switch's answer to the arrival of the
 * last route to the candidate at either, which is a little later than its routing.
 */
public final class KillSwitch {

    private static final int FLIPS = Integer.getInteger("acey.bench.flips", 50);
    private static final int CONNECTIONS = Integer.getInteger("acey.bench.connections", 4);
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final String TASK = "kill-switch";
    private static final String MODEL =
            "{\"baseUrl\": \"http://127.0.0.1:9/v1\", \"upstreamModel\": \"none\"}";
    private static final String ALL_TO_CANDIDATE =
            "{\"candidate\": \"bench-next\", \"salt\": \"bench\", \"weight\": 10000}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<URI> replicas;

    private KillSwitch(List<URI> replicas) {
        this.replicas = replicas;
    }

    /** Run from the repository's root, without arguments; ends with 1 above one second. */
    public static void main(String[] arguments) throws InterruptedException {
        long longest;
        try (AceySystem system = AceySystem.start();
                Replica second = Replica.ofRolloutService(system)) {
            longest =
                    new KillSwitch(List.of(system.service("rollout", "/"), second.at("/")))
                            .measure();
        }
        System.exit(longest <= TimeUnit.SECONDS.toNanos(1) ? 0 : 1);
    }

    private long measure() throws InterruptedException {
        put(0, "/api/models/bench-base", MODEL);
        put(0, "/api/models/bench-next", MODEL);
        put(0, "/api/tasks/" + TASK, "{\"baseline\": \"bench-base\"}");
        long[] calls = new long[FLIPS];
        long[] lags = new long[FLIPS];
        try (RouteLoad first = new RouteLoad(replicas.get(0), TASK, CONNECTIONS);
                RouteLoad second = new RouteLoad(replicas.get(1), TASK, CONNECTIONS)) {
            long begun = System.nanoTime();
            for (int flip = 0; flip < FLIPS; flip++) {
                put(flip % 2, "/internal/flags/" + TASK, ALL_TO_CANDIDATE);
                awaitQuiet(first::lastBaseline, second::lastBaseline);
                long asked = System.nanoTime();
                put(flip % 2, "/api/rollout/kill", "{\"taskType\": \"" + TASK + "\"}");
                long answered = System.nanoTime();
                calls[flip] = answered - asked;
                awaitQuiet(first::lastCandidate, second::lastCandidate);
                long last = Math.max(first.lastCandidate(), second.lastCandidate());
                lags[flip] = Math.max(0, last - answered);
                if (lags[flip] > TimeUnit.SECONDS.toNanos(1)) {
                    System.out.printf(
                            "flip %d: first %d ms, second %d ms%n",
                            flip,
                            TimeUnit.NANOSECONDS.toMillis(first.lastCandidate() - answered),
                            TimeUnit.NANOSECONDS.toMillis(second.lastCandidate() - answered));
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%.0f and %.0f routes/s; failed: %s, %s%n",
                    first.answers() / seconds,
                    second.answers() / seconds,
                    first.failures(),
                    second.failures());
        }
        System.out.println("ms over " + FLIPS + " flips          median      p90      max");
        report("the call itself", calls);
        report("answer to last candidate", lags);
        return LongStream.of(lags).max().orElseThrow();
    }

    /** Until neither has had such an answer for a while. */
    private static void awaitQuiet(LongSupplier first, LongSupplier second)
            throws InterruptedException {
        long begun = System.nanoTime();
        long quietSince = begun;
        while (System.nanoTime() - quietSince < QUIET) {
            if (System.nanoTime() - begun > PATIENCE) {
                throw new IllegalStateException("a replica does not follow");
            }
            TimeUnit.MILLISECONDS.sleep(5);
            quietSince = Math.max(begun, Math.max(first.getAsLong(), second.getAsLong()));
        }
    }

    private static void report(String what, long[] nanos) {
        long[] sorted = Arrays.stream(nanos).sorted().toArray();
        System.out.printf(
                "%-25s %8.1f %8.1f %8.1f%n",
                what,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 9 / 10] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    private void put(int replica, String path, String body) throws InterruptedException {
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(replicas.get(replica).resolve(path))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(body))
                                .build());
        if (answer == null || answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    path + ": " + (answer == null ? "no answer" : answer.body()));
        }
    }

    /** Null where nobody answers. */
    private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        }
    }
}
