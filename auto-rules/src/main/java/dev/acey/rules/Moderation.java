package dev.acey.rules;

import java.time.Instant;
import java.util.Objects;

/**
 * A shadow-ban suggestion that reached a person.
 *
 * @param justification why it was suggested
 * @param at when, kept to the millisecond
 */
public record Moderation(String justification, Instant at) {
    public Moderation {
        Objects.requireNonNull(justification, "justification");
        at = Times.toMillis(at);
    }
}
