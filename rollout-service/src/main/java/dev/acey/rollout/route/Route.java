package dev.acey.rollout.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.acey.rollout.flag.FlagSettings;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a request goes, and why.
 *
 * @param model the model of the arm
 * @param baseline the model that answers when the candidate cannot
 * @param split the flag whose split the key took part in, or null
 */
public record Route(
        Variant variant, String model, Reason reason, String baseline, FlagSettings split) {

    /** The arm. A pinned key counts with the candidate only where it is pinned to the candidate. */
    public enum Variant {
        @JsonProperty("baseline")
        BASELINE,
        @JsonProperty("candidate")
        CANDIDATE
    }

    /** Why this model. */
    public enum Reason {
        /** The task's settings pin this key to a model. */
        @JsonProperty("override")
        OVERRIDE,
        /** The key's bucket decided between the baseline and the candidate. */
        @JsonProperty("split")
        SPLIT,
        /** No candidate is switched on: the baseline serves. */
        @JsonProperty("no_rollout")
        NO_ROLLOUT,
        /** Somebody sent the task back to its baseline. */
        @JsonProperty("killed")
        KILLED,
        /** The settings could not be confirmed for a minute: the last known baseline serves. */
        @JsonProperty("stale")
        STALE
    }

    /** The rollout the key takes part in; null outside one, and for a pinned key. */
    public UUID rolloutId() {
        return split == null ? null : split.rolloutId();
    }

    /** The stage of that rollout, counted from 0, or null. */
    public Integer stage() {
        return split == null ? null : split.stage();
    }

    /**
     * The candidate that answers this request as well, unseen; empty for most. The same request
     * gives the same answer.
     *
     * @param requestId of this request alone: a share of the requests is shadowed, not of the keys
     */
    public Optional<String> shadow(String requestId) {
        boolean shadowed =
                split != null
                        && variant == Variant.BASELINE
                        && Buckets.of(split.salt() + ":shadow", requestId) < split.shadowShare();
        return shadowed ? Optional.of(split.candidate()) : Optional.empty();
    }
}
