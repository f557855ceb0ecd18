package dev.acey.rollout.guard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a candidate is compared with its baseline on. */
public enum Metric {
    /** The share of calls that failed. */
    @JsonProperty("error")
    ERROR("error rate"),
    /** The share of calls the rules blocked. */
    @JsonProperty("rejection")
    REJECTION("rejection rate"),
    /** The share of calls over the task's response time threshold. */
    @JsonProperty("slow")
    SLOW("share of slow calls"),
    /** The share of feedback that is negative. */
    @JsonProperty("inaccuracy")
    INACCURACY("share of negative feedback"),
    /** The mean confidence; harm is a drop. */
    @JsonProperty("confidence")
    CONFIDENCE("mean confidence");

    private final String words;

    Metric(String words) {
        this.words = words;
    }

    /** Its name in a sentence. */
    String words() {
        return words;
    }
}
