package dev.acey.gateway.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * What came of one call.
 *
 * @param status of the answer; null without one
 * @param error why it failed, in words; null when it was taken
 * @param answer how the answer's body began; null without one
 * @param retryAfter how long the receiver asked to be left alone, zero if it did not
 */
record Attempt(Integer status, String error, String answer, Duration retryAfter) {

    private static final int GONE = 410;

    static Attempt answered(int status, String answer, String retryAfter, Instant now) {
        boolean taken = status >= 200 && status < 300;
        return new Attempt(
                status,
                taken ? null : "the receiver answered " + status,
                answer,
                taken ? Duration.ZERO : pause(retryAfter, now));
    }

    static Attempt unanswered(String error) {
        return new Attempt(null, error, null, Duration.ZERO);
    }

    boolean taken() {
        return error == null;
    }

    /** The receiver wants no more calls, ever. */
    boolean gone() {
        return status != null && status == GONE;
    }

    /** {@code Retry-After} in either of its forms (RFC 9110); what is neither asks for nothing. */
    private static Duration pause(String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Duration.ZERO;
        }
        if (retryAfter.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(retryAfter));
        }
        try {
            Instant until =
                    ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
