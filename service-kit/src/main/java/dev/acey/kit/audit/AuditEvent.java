package dev.acey.kit.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * One decision.
 *
 * @param actor who decided: a person, or a part of the system; 1 to 200 characters, none of them a
 *     control character
 * @param action what was done, such as {@code rollout.approve}; {@code ^[a-z][A-Za-z0-9_.-]{0,63}$}
 * @param subject what it was done to, such as {@code task:game}; a person only as a keyed hash
 *     ({@link dev.acey.kit.token.KeyedHash}); as long as an actor
 * @param detail the numbers and settings of the decision, a JSON object; never content of calls
 * @param at when, to the millisecond
 */
public record AuditEvent(String actor, String action, String subject, JsonNode detail, Instant at) {

    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,200}");
    private static final Pattern ACTION = Pattern.compile("[a-z][A-Za-z0-9_.-]{0,63}");

    public AuditEvent {
        require(NAME, "actor", actor);
        require(ACTION, "action", action);
        require(NAME, "subject", subject);
        if (detail == null || !detail.isObject()) {
            throw new IllegalArgumentException("an audit event's detail is a JSON object");
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static void require(Pattern rule, String field, String value) {
        if (value == null || !rule.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an audit event's " + field + " must match " + rule.pattern());
        }
    }
}
