package dev.acey.dataset;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.requestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** rollout-service and simulation-service over HTTP: they take everything they are told. */
public class FakeRolloutService implements QuarkusTestResourceLifecycleManager {

    private WireMockServer server;

    /** Forgets what it was told, and takes everything. */
    public void takesEverything() {
        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(204)));
        server.stubFor(
                delete(urlPathMatching("/internal/subjects/.*"))
                        .willReturn(okJson("{\"erased\": 1, \"cursor\": null, \"more\": 1}")));
    }

    /** Every {@code PUT} to such a path is answered with this status. */
    public void answersPut(String path, int status) {
        server.stubFor(
                put(urlPathMatching(path))
                        .willReturn(
                                aResponse().withStatus(status).withBody("{\"detail\":\"no\"}")));
    }

    /** Every {@code DELETE} is answered with this status. */
    public void answersDelete(int status) {
        server.stubFor(
                delete(urlPathMatching("/internal/subjects/.*"))
                        .willReturn(aResponse().withStatus(status)));
    }

    /** What was put at a path, in order. */
    public List<JsonNode> putAt(String path) {
        return requests("PUT", path).stream()
                .map(request -> Entries.parse(request.getBodyAsString()))
                .toList();
    }

    /** The requests of this method to such a path, in order. */
    public List<LoggedRequest> requests(String method, String path) {
        return server.findAll(requestedFor(method, urlPathMatching(path))).stream()
                .sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
                .toList();
    }

    @Override
    public Map<String, String> start() {
        server =
                new WireMockServer(
                        WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        takesEverything();
        return Map.of(
                "acey.rollout.url",
                server.baseUrl(),
                "acey.simulation.url",
                server.baseUrl(),
                "acey.erasure.settle",
                "50ms",
                "acey.erasure.again",
                "50ms");
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(FakeRolloutService.class));
    }
}
