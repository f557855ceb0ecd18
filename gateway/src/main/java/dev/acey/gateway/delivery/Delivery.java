package dev.acey.gateway.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * One event on its way to one webhook.
 *
 * @param eventId the {@code webhook-id} of every attempt
 * @param attempts how often it was tried since it was made or sent again by hand
 * @param status of the last attempt's answer; null without one
 * @param error why the last attempt failed; null when it was taken, or before the first
 * @param answer how the last answer's body began
 * @param attemptedAt when the last attempt began
 * @param nextAttemptAt when it is tried next; null when it has ended
 * @param endedAt when it was delivered or given up
 */
@RegisterForReflection
public record Delivery(
        UUID id,
        UUID eventId,
        String type,
        State state,
        int attempts,
        Integer status,
        String error,
        String answer,
        Instant createdAt,
        Instant attemptedAt,
        Instant nextAttemptAt,
        Instant endedAt) {

    /** Where a delivery stands. JSON spells it in lower case. */
    public enum State {
        PENDING,
        DELIVERED,
        DEAD;

        @JsonValue
        public String json() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A page of deliveries, newest first.
     *
     * @param nextCursor null on the last page
     */
    @RegisterForReflection
    public record Page(List<Delivery> deliveries, String nextCursor) {}
}
