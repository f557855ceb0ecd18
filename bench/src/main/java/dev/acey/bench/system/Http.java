package dev.acey.bench.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** JSON over HTTP, from any number of threads; a status that was not expected is an error. */
public final class Http {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern UNSHIPPED =
            Pattern.compile("^acey_spool_entries (\\S+)$", Pattern.MULTILINE);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A program's own failure to get what it came for. */
    public static final class UnexpectedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        UnexpectedException(HttpResponse<?> answer) {
            super(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            this.status = answer.statusCode();
        }

        /** Whether trying again later may help. */
        public boolean isUnavailable() {
            return status == 503;
        }
    }

    /** Waits until this is answered. */
    public void await(URI uri) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                get(uri);
                return;
            } catch (UnexpectedException e) {
                if (!e.isUnavailable() || System.nanoTime() > end) {
                    throw e;
                }
                pause();
            }
        }
    }

    /**
     * Waits until this rollout-service has nothing left to ship to log-service.
     *
     * @param service any address of it
     */
    public void awaitShipped(URI service) {
        while (unshipped(service) > 0) {
            pause();
        }
    }

    /** The entries that this rollout-service has not shipped to log-service yet. */
    public long unshipped(URI service) {
        String metrics = body(HttpRequest.newBuilder(service.resolve("/q/metrics")));
        Matcher entries = UNSHIPPED.matcher(metrics);
        if (!entries.find()) {
            throw new IllegalStateException(service + " has no spool");
        }
        return Math.round(Double.parseDouble(entries.group(1)));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public JsonNode get(URI uri) {
        return json(body(HttpRequest.newBuilder(uri)));
    }

    /** NDJSON, a node a line, read as it comes; to be closed. */
    public Stream<JsonNode> lines(URI uri) {
        return send(HttpRequest.newBuilder(uri), BodyHandlers.ofLines()).body().map(Http::json);
    }

    public JsonNode post(URI uri, String contentType, String body) {
        return json(
                body(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", contentType)
                                .POST(BodyPublishers.ofString(body))));
    }

    public JsonNode post(URI uri, JsonNode body) {
        return post(uri, "application/json", body.toString());
    }

    /** Begins long work without waiting for its end. */
    public JsonNode postAsync(URI uri, JsonNode body) {
        return json(
                body(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/json")
                                .header("Prefer", "respond-async")
                                .POST(BodyPublishers.ofString(body.toString()))));
    }

    public JsonNode put(URI uri, String json) {
        return json(
                body(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(json))));
    }

    private String body(HttpRequest.Builder request) {
        return send(request.timeout(PATIENCE), BodyHandlers.ofString()).body();
    }

    private <T> HttpResponse<T> send(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            HttpResponse<T> answer = client.send(request.build(), handler);
            if (answer.statusCode() / 100 != 2) {
                throw new UnexpectedException(answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(request.build().uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }
}
