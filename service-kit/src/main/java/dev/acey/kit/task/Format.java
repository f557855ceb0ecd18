package dev.acey.kit.task;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The layouts of a training example that can be prepared. */
public enum Format {
    @JsonProperty("instruction")
    INSTRUCTION,
    @JsonProperty("chat")
    CHAT,
    @JsonProperty("classification")
    CLASSIFICATION,
    @JsonProperty("structured")
    STRUCTURED,
    @JsonProperty("preference")
    PREFERENCE
}
