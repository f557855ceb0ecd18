package dev.acey.rules;

import java.time.Instant;
import java.util.Objects;

/**
 * Something remembered in a channel.
 *
 * @param text what, as it was delivered
 * @param at since when, kept to the millisecond
 */
public record Memory(String text, Instant at) {
    public Memory {
        Objects.requireNonNull(text, "text");
        at = Times.toMillis(at);
    }
}
