package dev.acey.log.alert;

import java.time.Instant;
import java.util.UUID;

/**
 * A rule's figure that is, or was, over its threshold.
 *
 * @param value the figure when it fired, or when it resolved
 * @param threshold the one that was crossed
 * @param since when it fired; while it is pending, when it was first seen
 * @param looks how many looks in a row speak for the next change
 * @param unseenSince since when there has been too little traffic to tell; null while there is
 *     enough
 * @param resolvedAt null until it is resolved
 * @param reason why it was resolved; null until then
 */
public record Alert(
        UUID id,
        Subject subject,
        State state,
        double value,
        double threshold,
        Instant since,
        int looks,
        Instant unseenSince,
        Instant resolvedAt,
        Reason reason) {

    /** Where it stands. */
    public enum State {
        /** Over the threshold, but not for long enough yet; nobody is told. */
        PENDING,
        FIRING,
        RESOLVED
    }

    /** Why an alert is resolved. */
    public enum Reason {
        RECOVERED("recovered"),
        NO_DATA("noData");

        private final String json;

        Reason(String json) {
            this.json = json;
        }

        public String json() {
            return json;
        }
    }

    static Alert pending(UUID id, Subject subject, double value, double threshold, Instant now) {
        return new Alert(id, subject, State.PENDING, value, threshold, now, 1, null, null, null);
    }

    Alert seen(int looks) {
        return new Alert(id, subject, state, value, threshold, since, looks, null, null, null);
    }

    Alert unseen(Instant since) {
        return new Alert(id, subject, state, value, threshold, this.since, 0, since, null, null);
    }

    Alert fired(double value, double threshold, Instant now) {
        return new Alert(id, subject, State.FIRING, value, threshold, now, 0, null, null, null);
    }

    Alert resolved(double value, Reason reason, Instant now) {
        return new Alert(
                id, subject, State.RESOLVED, value, threshold, since, 0, null, now, reason);
    }
}
