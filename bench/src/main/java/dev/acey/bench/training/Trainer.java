package dev.acey.bench.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of the fine-tuning API as trainings ask for: each succeeds at the second look. */
public final class Trainer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]+)\"");

    private final HttpServer server;
    private final Map<String, ObjectNode> files = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> jobs = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Interruption interruption;
    private final AtomicInteger ids = new AtomicInteger();

    public Trainer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    public int files() {
        return files.size();
    }

    public int jobs() {
        return jobs.size();
    }

    /** What is asked of it, in order: {@code POST /files}. */
    public List<String> requests() {
        return requests;
    }

    /** Does this when such a request is done and before it is answered, once. */
    public void before(String request, Runnable answer) {
        interruption = new Interruption(request, answer);
    }

    private record Interruption(String request, Runnable deed) {}

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath().substring("/v1".length());
        String request = exchange.getRequestMethod() + " " + path;
        requests.add(request);
        ObjectNode answer = done(exchange.getRequestMethod(), path, body);
        Interruption due = interruption;
        if (due != null && due.request().equals(request)) {
            interruption = null;
            due.deed().run();
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode done(String method, String path, String body) throws IOException {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (method.equals("POST") && path.equals("/files")) {
            Matcher name = FILE_NAME.matcher(body);
            return keep(
                    files,
                    name.find() ? JSON.createObjectNode().put("filename", name.group(1)) : null);
        }
        if (method.equals("POST") && path.equals("/fine_tuning/jobs")) {
            return keep(jobs, ((ObjectNode) JSON.readTree(body)).put("status", "running"));
        }
        if (method.equals("DELETE")) {
            return files.remove(last).put("deleted", true);
        }
        if (path.equals("/files") || path.equals("/fine_tuning/jobs")) {
            ObjectNode list = JSON.createObjectNode().put("has_more", false);
            list.putArray("data").addAll((path.equals("/files") ? files : jobs).values());
            return list;
        }
        ObjectNode job = jobs.get(last);
        if (job == null) {
            return JSON.createObjectNode().put("has_more", false);
        }
        ObjectNode before = job.deepCopy();
        job.put("status", "succeeded").put("fine_tuned_model", "ft:bench");
        return before;
    }

    private ObjectNode keep(Map<String, ObjectNode> things, ObjectNode thing) {
        String id = "id-" + ids.incrementAndGet();
        things.put(id, thing.put("id", id));
        return thing;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
