package dev.acey.rollout;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives tests a {@link LogService}. */
public class LogServiceResource implements QuarkusTestResourceLifecycleManager {

    private LogService service;

    @Override
    public Map<String, String> start() {
        service = new LogService();
        return Map.of("acey.log.url", service.url());
    }

    @Override
    public void stop() {
        if (service != null) {
            service.stop();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(service, new TestInjector.MatchesType(LogService.class));
    }
}
