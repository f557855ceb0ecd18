package dev.acey.kit.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Something that happened.
 *
 * @param id a UUIDv7; the same wherever the event is told
 * @param type what kind of thing, such as {@code alert.firing}: names of letters, digits and
 *     underscores, joined by dots, at most 64 characters
 * @param subject what it happened to, such as {@code task:game}: 1 to 200 characters, none of them
 *     a control character; a person only as a keyed hash
 * @param data a JSON object of at most {@value #LARGEST_DATA} bytes; never content of calls, never
 *     a secret
 * @param at when, to the millisecond
 */
@RegisterForReflection
public record Event(UUID id, String type, String subject, JsonNode data, Instant at) {

    static final int LARGEST_DATA = 16_384;

    private static final Pattern TYPE =
            Pattern.compile("(?=.{1,64}$)[a-z][A-Za-z0-9_]*(\\.[a-z][A-Za-z0-9_]*)*");
    private static final Pattern SUBJECT = Pattern.compile("\\P{Cntrl}{1,200}");

    public Event {
        if (id == null) {
            throw new IllegalArgumentException("an event has an id");
        }
        require(TYPE, "type", type);
        require(SUBJECT, "subject", subject);
        if (data == null || !data.isObject()) {
            throw new IllegalArgumentException("an event's data is a JSON object");
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A new event. */
    public static Event of(String type, String subject, JsonNode data, Instant at) {
        return new Event(UuidCreator.getTimeOrderedEpoch(), type, subject, data, at);
    }

    private static void require(Pattern rule, String field, String value) {
        if (value == null || !rule.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an event's " + field + " must match " + rule.pattern());
        }
    }
}
