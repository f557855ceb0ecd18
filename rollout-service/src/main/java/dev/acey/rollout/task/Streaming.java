package dev.acey.rollout.task;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a streamed answer reaches the client. */
public enum Streaming {
    /** Judged as a whole, then streamed. */
    @JsonProperty("buffered")
    BUFFERED,
    /** As it comes, and judged when it has ended: nothing can be held back. */
    @JsonProperty("passthrough")
    PASSTHROUGH
}
