package dev.acey.simulation.simulate;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** log-service as its contract says, answering what a test tells it to. */
public class LogServiceStub implements QuarkusTestResourceLifecycleManager {

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
                "3s");
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
