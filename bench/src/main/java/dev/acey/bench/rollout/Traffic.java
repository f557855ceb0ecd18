package dev.acey.bench.rollout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Users of a task who ask one after the other, each at any of the given services. What the
 * candidate answered is told by the answers' own headers.
 */
final class Traffic implements AutoCloseable {

    private static final int USERS = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<URI> services;
    private final String taskType;
    private final String candidate;
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder answers = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicLong firstBad = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong lastOfCandidate = new AtomicLong(Long.MIN_VALUE);
    private final Set<String> usersWithBad = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private volatile boolean candidatesOnly;

    /** Begins at once. */
    Traffic(List<URI> services, String taskType, String candidate, int connections) {
        this.services = List.copyOf(services);
        this.taskType = taskType;
        this.candidate = candidate;
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(this::askOn, "users-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void askOn() {
        while (!stopped) {
            try {
                ask("user-" + ThreadLocalRandom.current().nextInt(USERS));
            } catch (IOException e) {
                // A service that was killed: the user asks again.
                failures.increment();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** From now on only those ask whom the candidate serves: a split nobody configured. */
    void candidatesOnly() {
        candidatesOnly = true;
    }

    private boolean isOfCandidate(String user) throws IOException, InterruptedException {
        URI route =
                services.get(0).resolve("/api/rollout/route?taskType=" + taskType + "&key=" + user);
        return client.send(
                        HttpRequest.newBuilder(route).timeout(PATIENCE).build(),
                        BodyHandlers.ofString())
                .body()
                .contains("\"variant\":\"candidate\"");
    }

    private void ask(String user) throws IOException, InterruptedException {
        if (candidatesOnly && !isOfCandidate(user)) {
            return;
        }
        int service = ThreadLocalRandom.current().nextInt(services.size());
        String body =
                "{\"model\": \"acey/%s\", \"messages\": [{\"role\": \"user\", \"content\": \"%d\"}]}"
                        .formatted(taskType, ThreadLocalRandom.current().nextInt());
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(
                                        services.get(service).resolve("/v1/chat/completions"))
                                .timeout(PATIENCE)
                                .header("Content-Type", "application/json")
                                .header("X-Acey-Key", user)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        long now = System.nanoTime();
        answers.increment();
        if (answer.statusCode() != 200) {
            failures.increment();
        } else if (header(answer, "X-Acey-Model").equals(candidate)) {
            lastOfCandidate.accumulateAndGet(now, Math::max);
            if (header(answer, "X-Acey-Decision").equals("rejected")) {
                firstBad.accumulateAndGet(now, Math::min);
                usersWithBad.add(user);
            }
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    long answers() {
        return answers.sum();
    }

    long failures() {
        return failures.sum();
    }

    /** Users who got an answer of the candidate that the rules blocked. */
    int usersWithBad() {
        return usersWithBad.size();
    }

    /** From the candidate's first blocked answer to its last answer of any kind. */
    Duration harm() {
        return firstBad.get() == Long.MAX_VALUE
                ? Duration.ZERO
                : Duration.ofNanos(lastOfCandidate.get() - firstBad.get());
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
        }
    }
}
