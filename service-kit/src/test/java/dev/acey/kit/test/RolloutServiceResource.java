package dev.acey.kit.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * Gives tests a {@link RolloutService}, and the service under test an empty directory for what it
 * keeps of it.
 */
public class RolloutServiceResource implements QuarkusTestResourceLifecycleManager {

    private RolloutService service;

    @Override
    public Map<String, String> start() {
        service = new RolloutService();
        try {
            String directory = Files.createTempDirectory("acey-test-").toString();
            return Map.of("acey.rollout.url", service.url(), "acey.data.dir", directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (service != null) {
            service.stop();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(service, new TestInjector.MatchesType(RolloutService.class));
    }
}
