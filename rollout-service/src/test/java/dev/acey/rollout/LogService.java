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
import com.github.tomakehurst.wiremock.http.Fault;
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
                                .containerThreads(20));
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
        server.stubFor(
                post(ENTRIES)
                        .willReturn(
                                okJson(
                                        "{\"accepted\": 1, \"duplicates\": 0, \"rejected\": 0,"
                                                + " \"errors\": [], \"more\": 1}")));
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

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
