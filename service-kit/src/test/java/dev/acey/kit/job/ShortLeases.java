package dev.acey.kit.job;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Worker settings that let a test see a lease end and an answer's patience run out. */
public class ShortLeases implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "acey.jobs.poll", "100ms",
                "acey.jobs.lease", "2s",
                "acey.jobs.back-off", "20ms",
                "acey.jobs.max-attempts", "4",
                "acey.jobs.answer-wait", "1s");
    }

    @Override
    public void stop() {
        // Settings need no cleaning up.
    }
}
