package dev.acey.rollout.guard.count;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The side of a rollout a call was assigned to, whoever answered it in the end. */
public enum Arm {
    @JsonProperty("baseline")
    BASELINE,
    @JsonProperty("candidate")
    CANDIDATE
}
