package dev.acey.dataset;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** log-service over HTTP, with the entries a test gives it, in small pages. */
public class FakeLogService implements QuarkusTestResourceLifecycleManager {

    private static final int MOST_PER_PAGE = 7;

    private final List<ObjectNode> entries = new CopyOnWriteArrayList<>();
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger last = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile IntFunction<ResponseDefinition> fault;
    private WireMockServer server;

    /** These are stored, oldest first, and everything works. */
    public void holds(List<ObjectNode> stored) {
        entries.clear();
        entries.addAll(stored);
        faults.set(0);
        open();
    }

    /** The next pages are answered with this status. */
    public void failsNext(int pages, int status) {
        fault = left -> aResponse().withStatus(status).build();
        faults.set(pages);
    }

    /** Pages after the first wait until {@link #open}. */
    public void close() {
        gate = new CountDownLatch(1);
    }

    public void open() {
        gate.countDown();
    }

    @Override
    public Map<String, String> start() {
        server =
                new WireMockServer(
                        WireMockConfiguration.options()
                                .dynamicPort()
                                .bindAddress("127.0.0.1")
                                .extensions(new Answers()));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(Answers.NAME)));
        return Map.of("acey.log.url", server.baseUrl());
    }

    @Override
    public void stop() {
        open();
        server.stop();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(FakeLogService.class));
    }

    private final class Answers implements ResponseDefinitionTransformerV2 {

        static final String NAME = "log-service";

        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            return answer(event.getRequest());
        }
    }

    private ResponseDefinition answer(Request request) {
        if (request.getUrl().startsWith("/internal/subjects")) {
            return erasure(request);
        }
        if (request.getUrl().startsWith("/api/logs/stats")) {
            return json(stats());
        }
        if (faults.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return fault.apply(faults.get());
        }
        return json(page(request));
    }

    /** Erases when it is asked for, and says so when it is asked again. */
    private ResponseDefinition erasure(Request request) {
        ObjectNode erasure = Entries.JSON.createObjectNode();
        erasure.put("id", "01a204be-9b53-7892-a0a0-fde3763626c8").put("later", 1);
        if (!request.getMethod().getName().equals("DELETE")) {
            return json(erasure.put("state", "completed").put("logs", last.getAndSet(0)));
        }
        String user =
                URLDecoder.decode(
                        request.getUrl().substring("/internal/subjects/".length()),
                        StandardCharsets.UTF_8);
        int before = entries.size();
        entries.removeIf(entry -> entry.at("/context/user").asText().equals(user));
        last.addAndGet(before - entries.size());
        return json(erasure.put("state", "running").put("logs", 0));
    }

    private ObjectNode stats() {
        ObjectNode stats = Entries.JSON.createObjectNode();
        ObjectNode tasks = stats.putObject("taskTypes");
        for (ObjectNode entry : entries) {
            String task = entry.get("taskType").asText();
            tasks.put(task, tasks.path(task).asLong() + 1);
        }
        return stats;
    }

    private ObjectNode page(Request request) {
        int after = parameter(request, "after") == null ? 0 : number(request, "after");
        if (after > 0) {
            waitAtGate();
        }
        Set<String> tasks = Set.of(parameter(request, "taskType").split(","));
        Instant from =
                parameter(request, "from") == null
                        ? Instant.MIN
                        : Instant.parse(parameter(request, "from"));
        Instant to = Instant.parse(parameter(request, "to"));
        ObjectNode page = Entries.JSON.createObjectNode().putNull("nextCursor");
        ArrayNode logs = page.putArray("logs");
        for (int i = after; i < entries.size(); i++) {
            ObjectNode entry = entries.get(i);
            Instant at = Instant.parse(entry.get("timestamp").asText());
            if (!tasks.contains(entry.get("taskType").asText())
                    || at.isBefore(from)
                    || !at.isBefore(to)) {
                continue;
            }
            if (logs.size() == Math.min(MOST_PER_PAGE, number(request, "limit"))) {
                return page.put("nextCursor", String.valueOf(i));
            }
            logs.add(entry);
        }
        return page;
    }

    private void waitAtGate() {
        try {
            if (!gate.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a test forgot to open the gate");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int number(Request request, String name) {
        return Integer.parseInt(parameter(request, name));
    }

    private static String parameter(Request request, String name) {
        QueryParameter parameter = request.queryParameter(name);
        return parameter.isPresent() ? parameter.firstValue() : null;
    }

    private static ResponseDefinition json(ObjectNode body) {
        return aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody(body.toString())
                .build();
    }
}
