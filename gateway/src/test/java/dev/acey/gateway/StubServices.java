package dev.acey.gateway;

import dev.acey.gateway.upstream.Service;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The four services behind the gateway under test, each a {@link StubService}. */
public class StubServices implements QuarkusTestResourceLifecycleManager {

    private final Map<Service, StubService> stubs = new EnumMap<>(Service.class);

    public StubService get(Service service) {
        return stubs.get(service);
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>();
        for (Service service : Service.values()) {
            StubService stub = new StubService();
            stubs.put(service, stub);
            config.put("acey." + service.key() + ".url", "http://127.0.0.1:" + stub.port());
        }
        return config;
    }

    @Override
    public void stop() {
        stubs.values().forEach(StubService::close);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(StubServices.class));
    }
}
