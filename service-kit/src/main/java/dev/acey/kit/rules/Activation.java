package dev.acey.kit.rules;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * That a rule set became the active one, as rollout-service tells it.
 *
 * @param version grows with each activation
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record Activation(String hash, Instant activatedAt, long version) {

    /** What a rule set's name looks like; it makes a file's name too. */
    static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Throws for what cannot be an activation. */
    Activation {
        if (hash == null || !HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("an activation's hash must match " + HASH);
        }
        Objects.requireNonNull(activatedAt, "an activation's time is required");
    }

    /**
     * Whether this is news to somebody who knows the other. A replica of rollout-service that lags
     * tells of earlier ones; a database that began anew counts from 1 again, at a later time.
     */
    boolean isNewsAfter(Activation other) {
        return other == null
                || version > other.version
                || (!hash.equals(other.hash) && activatedAt.isAfter(other.activatedAt));
    }
}
