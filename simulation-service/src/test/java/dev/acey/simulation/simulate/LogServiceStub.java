package dev.acey.simulation.simulate;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** log-service as its contract says, answering what a test tells it to. */
public class LogServiceStub implements QuarkusTestResourceLifecycleManager {

    /** As many ids as are asked for at once. */
    private static final int AT_ONCE = 25;

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Override
    public Map<String, String> start() {
        server.start();
        return Map.of(
                "acey.log.url",
                server.baseUrl(),
                "acey.jobs.poll",
                "100ms",
                "acey.jobs.lease",
                "3s",
                "acey.simulation.ask.pause",
                "20ms");
    }

    /**
     * From now on a sample of these is drawn: {@code {logs, demonstrations}}, handed out as the ids
     * are asked for.
     */
    public static void draws(WireMockServer server, byte[] sample) {
        try {
            JsonNode given = Logs.JSON.readTree(sample);
            List<String> ids = given.path("logs").findValuesAsText("id");
            server.stubFor(
                    get(urlPathEqualTo("/internal/logs/sample"))
                            .willReturn(
                                    okJson(
                                            Logs.JSON
                                                    .createObjectNode()
                                                    .set("ids", Logs.JSON.valueToTree(ids))
                                                    .toString())));
            for (int from = 0; from < ids.size(); from += AT_ONCE) {
                int to = Math.min(ids.size(), from + AT_ONCE);
                ObjectNode page = Logs.JSON.createObjectNode().put("taken", to - from);
                for (int i = from; i < to; i++) {
                    page.withArray("logs").add(given.path("logs").get(i));
                }
                page.set(
                        "demonstrations",
                        given.has("demonstrations")
                                ? given.get("demonstrations")
                                : Logs.JSON.createObjectNode());
                server.stubFor(
                        get(urlPathEqualTo("/internal/logs/entries"))
                                .withQueryParam(
                                        "ids", equalTo(String.join(",", ids.subList(from, to))))
                                .willReturn(okJson(page.toString())));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(WireMockServer.class));
    }
}
