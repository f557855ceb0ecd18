package dev.acey.rollout.guard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a rollout should do now. */
public enum Action {
    /** On to the next stage; after the last one, promote. */
    @JsonProperty("advance")
    ADVANCE,
    /** Go on collecting. */
    @JsonProperty("hold")
    HOLD,
    /** Wait for a person. */
    @JsonProperty("pause")
    PAUSE,
    /** Take the candidate out. */
    @JsonProperty("roll_back")
    ROLL_BACK
}
