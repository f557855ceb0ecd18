package dev.acey.dataset.train;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Files and fine-tuning jobs API as OpenAI's reference describes it, with faults on demand. A
 * job is queued, then running, then what a test says it comes to: one step each time it is looked
 * at.
 */
public class FakeOpenAi implements QuarkusTestResourceLifecycleManager {

    static final String RESULT = "ft:base:acey::1";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]+)\"");
    private static final int PAGE = 2;

    private final Map<String, ObjectNode> files = new LinkedHashMap<>();
    private final Map<String, String> contents = new LinkedHashMap<>();
    private final Map<String, ObjectNode> jobs = new LinkedHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<JsonNode> payloads = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String outcome;
    private String loses;
    private int faults;
    private int status;
    private boolean keepsMetadata;
    private int ids;

    /** Everything works, and jobs come to this. */
    public synchronized void comesTo(String end) {
        outcome = end;
        loses = null;
        faults = 0;
        keepsMetadata = true;
        files.clear();
        contents.clear();
        jobs.clear();
        requests.clear();
        payloads.clear();
    }

    /** The answer to the next request of this kind ({@code POST /files}) is lost; it is done. */
    public synchronized void losesTheAnswerTo(String request) {
        loses = request;
    }

    /** The next requests are answered with this status, and not done. */
    public synchronized void answers(int with, int times) {
        status = with;
        faults = times;
    }

    /** As hosts do that know no metadata. */
    public synchronized void forgetsMetadata() {
        keepsMetadata = false;
    }

    public synchronized List<ObjectNode> jobs() {
        return new ArrayList<>(jobs.values());
    }

    public synchronized List<String> files() {
        return new ArrayList<>(files.keySet());
    }

    /** What was uploaded, deleted or not. */
    public synchronized List<String> contents() {
        return new ArrayList<>(contents.values());
    }

    /** {@code METHOD /path}, in order. */
    List<String> requests() {
        return requests;
    }

    List<JsonNode> payloads() {
        return payloads;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    @Override
    public Map<String, String> start() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/", this::answer);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
        comesTo("succeeded");
        return Map.of(
                "acey.openai.base-url",
                url(),
                "acey.openai.key",
                "file:openai",
                "acey.openai.price-per-million-tokens",
                "25",
                "acey.training.poll",
                "20ms",
                "acey.training.settle",
                "300ms");
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(FakeOpenAi.class));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath().substring("/v1".length());
        String request = exchange.getRequestMethod() + " " + path;
        requests.add(request);
        ObjectNode answer;
        int code = 200;
        synchronized (this) {
            if (!"Bearer a-secret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                code = 401;
                answer = error("no such key");
            } else if (faults > 0) {
                faults--;
                code = status;
                answer = error("as the test wants it");
            } else {
                answer = done(request, query(exchange), body);
                if (answer == null) {
                    code = 404;
                    answer = error("no such thing");
                }
            }
            if (request.equals(loses)) {
                loses = null;
                exchange.close();
                return;
            }
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode done(String request, Map<String, String> query, byte[] body)
            throws IOException {
        String[] parts = request.split("[ /]+", -1);
        if (request.equals("POST /files")) {
            return upload(new String(body, ISO_8859_1));
        }
        if (request.equals("GET /files")) {
            return page(new ArrayList<>(files.values()), query);
        }
        if (request.startsWith("DELETE /files/")) {
            return files.remove(parts[2]) == null
                    ? null
                    : JSON.createObjectNode().put("id", parts[2]).put("deleted", true);
        }
        if (request.equals("POST /fine_tuning/jobs")) {
            return create(JSON.readTree(body));
        }
        if (request.equals("GET /fine_tuning/jobs")) {
            String training = query.get("metadata[acey_training]");
            return page(
                    jobs.values().stream()
                            .filter(
                                    j ->
                                            !keepsMetadata
                                                    || j.at("/metadata/acey_training")
                                                            .asText()
                                                            .equals(training))
                            .toList(),
                    query);
        }
        return jobs.containsKey(parts[3]) ? about(jobs.get(parts[3]), parts) : null;
    }

    private ObjectNode upload(String multipart) {
        Matcher name = FILE_NAME.matcher(multipart);
        if (!name.find()) {
            throw new IllegalStateException("no file: " + multipart);
        }
        int from = multipart.indexOf("\r\n\r\n", name.end()) + 4;
        String content = multipart.substring(from, multipart.indexOf("\r\n--", from));
        ObjectNode file = JSON.createObjectNode();
        String id = "file-" + ++ids;
        file.put("id", id).put("object", "file").put("bytes", content.length());
        file.put("created_at", 1_768_450_000L + ids).put("filename", name.group(1));
        file.put("purpose", "fine-tune").put("status", "processed");
        files.put(id, file);
        contents.put(id, new String(content.getBytes(ISO_8859_1), UTF_8));
        return file;
    }

    private ObjectNode create(JsonNode payload) {
        payloads.add(payload);
        if (!files.containsKey(payload.path("training_file").asText())) {
            return null;
        }
        ObjectNode job = JSON.createObjectNode();
        String id = "ftjob-" + ++ids;
        job.put("id", id).put("object", "fine_tuning.job").put("created_at", 1_768_450_000L + ids);
        job.set("model", payload.get("model"));
        job.set("training_file", payload.get("training_file"));
        job.put("status", "validating_files").put("organization_id", "org-1").put("seed", 0);
        job.putNull("fine_tuned_model").putNull("finished_at").putNull("validation_file");
        job.putNull("error").putNull("trained_tokens").putNull("estimated_finish");
        job.putArray("result_files");
        job.putObject("hyperparameters").put("n_epochs", "auto");
        job.set("method", payload.get("method"));
        if (keepsMetadata) {
            job.set("metadata", payload.get("metadata"));
        }
        jobs.put(id, job);
        return job;
    }

    private ObjectNode about(ObjectNode job, String[] parts) {
        String what = parts.length > 4 ? parts[4] : "";
        return switch (what) {
            case "cancel" -> isOver(job) ? error("it has ended") : job.put("status", "cancelled");
            case "events" -> list(List.of(event(2, "Step 2"), event(1, "Step 1")), false);
            case "checkpoints" -> list(List.of(checkpoint(job)), false);
            default -> advance(job);
        };
    }

    private ObjectNode advance(ObjectNode job) {
        switch (job.get("status").asText()) {
            case "validating_files" -> job.put("status", "running");
            case "running" -> end(job);
            default -> {}
        }
        return job;
    }

    private void end(ObjectNode job) {
        if (outcome.equals("running")) {
            return;
        }
        job.put("status", outcome).put("finished_at", 1_768_460_000L);
        if (outcome.equals("succeeded")) {
            job.put("fine_tuned_model", RESULT).put("trained_tokens", 1_000_000);
        } else {
            job.putObject("error").put("code", "bad").put("message", "a bad loss").putNull("param");
        }
    }

    private static boolean isOver(ObjectNode job) {
        return !List.of("validating_files", "running").contains(job.get("status").asText());
    }

    private static ObjectNode event(int at, String message) {
        ObjectNode event = JSON.createObjectNode().put("id", "ftevent-" + at);
        event.put("object", "fine_tuning.job.event").put("created_at", 1_768_450_000L + at);
        return event.put("level", "info").put("message", message).put("type", "message");
    }

    private static ObjectNode checkpoint(ObjectNode job) {
        ObjectNode checkpoint = JSON.createObjectNode().put("id", "ftckpt-1");
        checkpoint.put("object", "fine_tuning.job.checkpoint").put("created_at", 1_768_450_500L);
        checkpoint.put("fine_tuned_model_checkpoint", "ft:step-10").put("step_number", 10);
        checkpoint.set("fine_tuning_job_id", job.get("id"));
        checkpoint.putObject("metrics").put("step", 10).put("train_loss", 0.25);
        return checkpoint;
    }

    /** Newest first, few at a time. */
    private static ObjectNode page(List<ObjectNode> all, Map<String, String> query) {
        List<ObjectNode> newestFirst = new ArrayList<>(all);
        Collections.reverse(newestFirst);
        int from = 0;
        for (int i = 0; i < newestFirst.size(); i++) {
            if (newestFirst.get(i).get("id").asText().equals(query.get("after"))) {
                from = i + 1;
            }
        }
        int to = Math.min(newestFirst.size(), from + PAGE);
        return list(newestFirst.subList(from, to), to < newestFirst.size());
    }

    private static ObjectNode list(List<ObjectNode> some, boolean more) {
        ObjectNode list = JSON.createObjectNode().put("object", "list").put("has_more", more);
        ArrayNode data = list.putArray("data");
        some.forEach(data::add);
        return list;
    }

    private static ObjectNode error(String message) {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("message", message).put("type", "invalid_request_error");
        return error;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(
                    URLDecoder.decode(parts[0], UTF_8),
                    parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        return query;
    }
}
