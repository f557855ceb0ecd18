package dev.acey.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Has a running system use the stub, through its public API. */
public final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PREFIX = "demo-";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI gateway;
    private final URI stub;

    /**
     * @param gateway where the system answers
     * @param stub where the stub does
     */
    public Demo(URI gateway, URI stub) {
        this.gateway = gateway;
        this.stub = stub;
    }

    /**
     * Registers each persona as the model {@code demo-<persona>}, and gives every task that nothing
     * serves yet a baseline and a candidate among them; a task somebody has set up stays as it is.
     *
     * @throws IOException where the system refuses or does not answer
     */
    public void setUp() throws IOException, InterruptedException {
        for (String persona :
                List.of(Personas.CALM, Personas.FRESH, Personas.HYPE, Personas.BROKEN)) {
            put(
                    "/api/models/" + PREFIX + persona,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("baseUrl", stub + "/v1")
                            .put("upstreamModel", persona));
        }
        ObjectNode served =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("baseline", PREFIX + Personas.CALM)
                        .put("candidate", PREFIX + Personas.FRESH);
        for (JsonNode task : ask(request("/api/tasks?limit=1000").GET()).path("tasks")) {
            if (!task.path("baseline").isTextual()) {
                put("/api/tasks/" + task.path("taskType").textValue(), served);
            }
        }
    }

    private void put(String path, ObjectNode body) throws IOException, InterruptedException {
        ask(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path)).timeout(PATIENCE);
    }

    private JsonNode ask(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    "%s %s: %d %s"
                            .formatted(
                                    request.method(),
                                    request.uri(),
                                    answer.statusCode(),
                                    answer.body()));
        }
        return json.readTree(answer.body());
    }
}
