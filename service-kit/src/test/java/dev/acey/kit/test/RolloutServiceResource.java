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

    /** Tests share one process: an outage in one of them must not outlast it. */
    private static final String NO_BREAKER =
            "dev.acey.kit.rules.RuleService/canonical/CircuitBreaker/enabled";

    private RolloutService service;

    @Override
    public Map<String, String> start() {
        service = new RolloutService();
        try {
            String directory = Files.createTempDirectory("acey-test-").toString();
            return Map.of(
                    "acey.rollout.url",
                    service.url(),
                    "acey.data.dir",
                    directory,
                    NO_BREAKER,
                    "false");
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
