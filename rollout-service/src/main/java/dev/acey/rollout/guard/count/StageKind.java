package dev.acey.rollout.guard.count;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a stage's answers of the candidate reach anyone. */
public enum StageKind {
    /** The candidate answers copies of the baseline's calls, unseen. */
    @JsonProperty("shadow")
    SHADOW,
    @JsonProperty("live")
    LIVE
}
