package dev.acey.simulation.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Whether the verdict recorded live is reached again. */
@RegisterForReflection
public enum Consistency {
    @JsonProperty("agree")
    AGREE,
    @JsonProperty("mismatch")
    MISMATCH,
    /** No verdict of ours, none that can be replayed, or one of a rule set nobody knows. */
    @JsonProperty("not_checkable")
    NOT_CHECKABLE
}
