package dev.acey.rollout.guard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is known about a metric's harm staying below its tolerance. */
public enum Assurance {
    /** There is too little to tell by: it is not what promotion relies on. */
    @JsonProperty("not_checked")
    NOT_CHECKED,
    /** Not certain yet. */
    @JsonProperty("open")
    OPEN,
    @JsonProperty("certain")
    CERTAIN
}
