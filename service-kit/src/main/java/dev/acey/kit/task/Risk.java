package dev.acey.kit.task;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a bad answer of a task can hurt; gives a rollout its default plan. */
public enum Risk {
    @JsonProperty("low")
    LOW,
    @JsonProperty("medium")
    MEDIUM,
    @JsonProperty("high")
    HIGH
}
