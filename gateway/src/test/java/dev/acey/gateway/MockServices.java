package dev.acey.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.acey.gateway.upstream.Service;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The four services as a workflow calls them, each a WireMock. */
public class MockServices implements QuarkusTestResourceLifecycleManager {

    private static final int LAST = 9;

    private final Map<Service, WireMockServer> mocks = new EnumMap<>(Service.class);

    public WireMockServer get(Service service) {
        return mocks.get(service);
    }

    /** Forgets every stub and every request; no service tells any event. */
    public void reset() {
        mocks.values().forEach(WireMockServer::resetAll);
        mocks.values().forEach(MockServices::tellNothing);
    }

    private static void tellNothing(WireMockServer mock) {
        mock.stubFor(
                WireMock.get(urlPathEqualTo("/internal/events"))
                        .atPriority(LAST)
                        .willReturn(
                                okJson("{\"events\": [], \"next\": \"0-0\"}").withFixedDelay(200)));
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>();
        for (Service service : Service.values()) {
            WireMockServer mock = new WireMockServer(wireMockConfig().dynamicPort());
            mock.start();
            tellNothing(mock);
            mocks.put(service, mock);
            config.put("quarkus.rest-client." + service.title() + ".url", mock.baseUrl());
        }
        return config;
    }

    @Override
    public void stop() {
        mocks.values().forEach(WireMockServer::stop);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(MockServices.class));
    }
}
