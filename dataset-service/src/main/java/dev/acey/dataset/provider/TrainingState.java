package dev.acey.dataset.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Where a training stands. */
@RegisterForReflection
public enum TrainingState {
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("succeeded")
    SUCCEEDED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED;

    /** Whether it will not change any more. */
    public boolean ended() {
        return this != QUEUED && this != RUNNING;
    }
}
