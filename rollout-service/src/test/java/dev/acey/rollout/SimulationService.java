package dev.acey.rollout;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Stands in for simulation-service: has no simulations, until a test says otherwise. */
public final class SimulationService {

    private final WireMockServer server =
            new WireMockServer(
                    WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    /** Forgets what a test said. */
    public void hasNothing() {
        server.resetAll();
        server.stubFor(get(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(404)));
        server.stubFor(
                get(urlPathEqualTo("/api/simulate"))
                        .atPriority(9)
                        .willReturn(okJson("{\"simulations\": [], \"nextCursor\": null}")));
    }

    /** Has this simulation, also in its list. */
    public void has(String id, String json) {
        server.stubFor(get(urlPathEqualTo("/api/simulate/" + id)).willReturn(okJson(json)));
        server.stubFor(
                get(urlPathEqualTo("/api/simulate"))
                        .willReturn(okJson("{\"simulations\": [" + json + "]}")));
    }

    public void answers(int status) {
        server.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(status)));
    }

    /** Gives tests a {@link SimulationService}. */
    public static final class Resource implements QuarkusTestResourceLifecycleManager {

        private SimulationService service;

        @Override
        public Map<String, String> start() {
            service = new SimulationService();
            service.server.start();
            service.hasNothing();
            return Map.of("acey.simulation.url", "http://127.0.0.1:" + service.server.port());
        }

        @Override
        public void stop() {
            if (service != null) {
                service.server.stop();
            }
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(
                    service, new TestInjector.MatchesType(SimulationService.class));
        }
    }
}
