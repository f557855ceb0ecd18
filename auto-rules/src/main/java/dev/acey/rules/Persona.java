package dev.acey.rules;

import java.time.Instant;
import java.util.Objects;

/**
 * How the host presents itself in a channel.
 *
 * @param mode for example {@code calm}, {@code hype}, {@code neutral}
 * @param locked whether a person has locked the mode
 * @param lastChange when the mode last changed, kept to the millisecond; null if never
 */
public record Persona(String mode, boolean locked, Instant lastChange) {
    /** Neutral, unlocked, never changed. */
    public static final Persona NEUTRAL = new Persona("neutral", false, null);

    public Persona {
        Objects.requireNonNull(mode, "mode");
        lastChange = lastChange == null ? null : Times.toMillis(lastChange);
    }
}
