package dev.acey.rollout;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for log-service: takes every entry, until a test says otherwise. */
public final class LogService {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ENTRIES = "/internal/logs";
    private static final String DECISIONS = "/internal/decisions";
    private static final String OBSERVATIONS = "/internal/observations";
    private static final String METRICS = "/api/metrics";

    private final Map<String, List<String>> observations = new ConcurrentHashMap<>();
    private final Map<String, Runnable> whenAsked = new ConcurrentHashMap<>();
    private WireMockServer server;
    private int port;

    public LogService() {
        start();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts on the port of before. */
    public void start() {
        server =
                new WireMockServer(
                        WireMockConfiguration.options()
                                .bindAddress("127.0.0.1")
                                .port(port)
                                .containerThreads(20)
                                .extensions(new Receipts(), new Feed(observations, whenAsked)));
        server.start();
        port = server.port();
        takesEverything();
    }

    public void stop() {
        server.stop();
    }

    /** Forgets what came in, and what a test said of it. */
    public void takesEverything() {
        server.resetAll();
        server.stubFor(post(ENTRIES).willReturn(okJson("{}").withTransformers(Receipts.NAME)));
        server.stubFor(get(urlPathEqualTo(DECISIONS)).willReturn(aResponse().withStatus(404)));
        server.stubFor(get(urlPathEqualTo(METRICS)).willReturn(okJson("{\"totals\": []}")));
        server.stubFor(
                get(urlPathEqualTo(OBSERVATIONS))
                        .willReturn(okJson("{}").withTransformers(Feed.NAME)));
    }

    /** Has observed these of a rollout, after what it has observed before. */
    public void observes(String rolloutId, List<String> observed) {
        observations
                .computeIfAbsent(rolloutId, id -> new CopyOnWriteArrayList<>())
                .addAll(observed);
    }

    /** Does this once, when it is asked for a rollout's observations, before it answers. */
    public void whenAsked(String rolloutId, Runnable does) {
        whenAsked.put(rolloutId, does);
    }

    /** Has no observations for anybody, until it takes everything again. */
    public void hidesObservations() {
        server.stubFor(get(urlPathEqualTo(OBSERVATIONS)).willReturn(aResponse().withStatus(503)));
    }

    /** Reads the entries and hangs up without a word. */
    public void hangsUp() {
        server.stubFor(
                post(ENTRIES).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    }

    public void answers(int status) {
        server.stubFor(post(ENTRIES).willReturn(aResponse().withStatus(status)));
    }

    /** Takes what comes, but what has this text in it. */
    public void refuses(String part) {
        server.stubFor(
                post(ENTRIES)
                        .willReturn(
                                okJson("{}")
                                        .withTransformers(Receipts.NAME)
                                        .withTransformerParameter("refused", part)));
    }

    /** What {@code GET /internal/decisions?after=} answers. */
    public void decides(long after, String page) {
        server.stubFor(
                get(urlPathEqualTo(DECISIONS))
                        .withQueryParam(
                                "after",
                                com.github.tomakehurst.wiremock.client.WireMock.equalTo(
                                        String.valueOf(after)))
                        .willReturn(okJson(page)));
    }

    /** Every entry that came in, in the order it did, as often as it did. */
    public List<JsonNode> received() {
        List<JsonNode> entries = new ArrayList<>();
        List<ServeEvent> events = new ArrayList<>(server.getAllServeEvents());
        java.util.Collections.reverse(events);
        for (ServeEvent event : events) {
            if (event.getRequest().getUrl().equals(ENTRIES)) {
                event.getRequest().getBodyAsString().lines().forEach(l -> entries.add(json(l)));
            }
        }
        return entries;
    }

    public List<JsonNode> received(UUID id) {
        return received().stream().filter(e -> e.get("id").asText().equals("" + id)).toList();
    }

    public int posts() {
        return server.findAll(postRequestedFor(urlPathEqualTo(ENTRIES))).size();
    }

    /** Pages of what was observed; a place is how many came before it. */
    private static final class Feed implements ResponseDefinitionTransformerV2 {

        static final String NAME = "feed";

        private final Map<String, List<String>> observations;
        private final Map<String, Runnable> whenAsked;

        Feed(Map<String, List<String>> observations, Map<String, Runnable> whenAsked) {
            this.observations = observations;
            this.whenAsked = whenAsked;
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            String rollout = event.getRequest().queryParameter("rolloutId").firstValue();
            Runnable once = whenAsked.remove(rollout);
            if (once != null) {
                once.run();
            }
            var after = event.getRequest().queryParameter("after");
            List<String> all = observations.getOrDefault(rollout, List.of());
            int from = after.isPresent() ? Integer.parseInt(after.firstValue()) : 0;
            int limit = Integer.parseInt(event.getRequest().queryParameter("limit").firstValue());
            int to = Math.min(all.size(), from + limit);
            return okJson(
                            "{\"observations\": [%s], \"next\": \"%d\"}"
                                    .formatted(String.join(",", all.subList(from, to)), to))
                    .build();
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }

    /** Says of each line what became of it. */
    private static final class Receipts implements ResponseDefinitionTransformerV2 {

        static final String NAME = "receipts";

        /** Of the lines it refuses, log-service names the first. */
        private static final int MOST_NAMED = 100;

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            Object refused = event.getTransformerParameters().get("refused");
            List<String> lines = event.getRequest().getBodyAsString().lines().toList();
            List<String> errors = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (refused != null && lines.get(i).contains(refused.toString())) {
                    errors.add("{\"line\": %d, \"detail\": \"not this one\"}".formatted(i + 1));
                }
            }
            return okJson(
                            "{\"accepted\": %d, \"duplicates\": 0, \"rejected\": %d, \"errors\": %s, \"more\": 1}"
                                    .formatted(
                                            lines.size() - errors.size(),
                                            errors.size(),
                                            errors.stream().limit(MOST_NAMED).toList()))
                    .build();
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
