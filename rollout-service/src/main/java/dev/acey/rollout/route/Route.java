package dev.acey.rollout.route;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a request goes, and why. */
record Route(Variant variant, String model, Reason reason) {

    /** The arm. A pinned key counts with the candidate only where it is pinned to the candidate. */
    enum Variant {
        @JsonProperty("baseline")
        BASELINE,
        @JsonProperty("candidate")
        CANDIDATE
    }

    /** Why this model. */
    enum Reason {
        /** The task's settings pin this key to a model. */
        @JsonProperty("override")
        OVERRIDE,
        /** No rollout of the task is under way: its baseline serves. */
        @JsonProperty("no_rollout")
        NO_ROLLOUT,
        /** The settings could not be confirmed for a minute: the last known baseline serves. */
        @JsonProperty("stale")
        STALE
    }
}
