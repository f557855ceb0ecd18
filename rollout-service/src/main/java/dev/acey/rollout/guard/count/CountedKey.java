package dev.acey.rollout.guard.count;

import java.util.Objects;

/**
 * What calls of one stickiness key are counted under. Shadow and live calls of a key are counted
 * apart, so that a small audience is not used up before the first live stage.
 */
public record CountedKey(String keyHash, StageKind kind, Arm arm) {

    public CountedKey {
        Objects.requireNonNull(keyHash, "keyHash");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(arm, "arm");
    }
}
