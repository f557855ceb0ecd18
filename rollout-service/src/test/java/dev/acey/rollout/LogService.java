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
import java.util.UUID;

/** Stands in for log-service: takes every entry, until a test says otherwise. */
public final class LogService {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ENTRIES = "/internal/logs";
    private static final String DECISIONS = "/internal/decisions";

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
                                .extensions(new Receipts()));
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

    /** Says of each line what became of it. */
    private static final class Receipts implements ResponseDefinitionTransformerV2 {

        static final String NAME = "receipts";

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
                                    .formatted(lines.size() - errors.size(), errors.size(), errors))
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
