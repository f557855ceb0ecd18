package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/** Alerts, newest first. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record AlertList(List<Alert> alerts) {

    /**
     * One of them.
     *
     * @param rule the name of the threshold that was crossed
     * @param variant baseline, candidate, or null for calls that no route assigned
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Alert(
            String id,
            String rule,
            String taskType,
            String variant,
            double value,
            double threshold,
            Instant since) {}
}
