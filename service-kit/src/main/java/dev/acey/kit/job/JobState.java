package dev.acey.kit.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a job stands. JSON and the database spell it in lower case. */
public enum JobState {
    /** Waits for a free worker: new, or to be tried again after a back-off. */
    QUEUED,
    /** A worker holds its lease. */
    RUNNING,
    /** Parked by its handler: holds no worker until it is woken or its time comes. */
    WAITING,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether this is an end state: the job will not change any more. */
    public boolean ended() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    @JsonValue
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobState of(String json) {
        return valueOf(json.toUpperCase(Locale.ROOT));
    }
}
