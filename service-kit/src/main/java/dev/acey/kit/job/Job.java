package dev.acey.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * A job as it was when it was read. Its row is kept after it ended.
 *
 * @param id UUIDv7, so that ids sort by creation
 * @param kind which {@link JobHandler} runs it
 * @param name unique within its kind; the id where none was given
 * @param config what was submitted; never changes
 * @param checkpoint what its handler last recorded, null before that
 * @param progress never null; 0 of 0 before the handler said anything
 * @param result what the handler returned; null until completed, or when it returned nothing
 * @param error why it failed, or why it is queued again; else null
 * @param attempts how often a worker started it, not counting wake-ups from waiting
 * @param restarts how often it was restarted after it had failed or been cancelled
 * @param version grows with every change seen here
 * @param startedAt when a worker first took it, null before that
 * @param endedAt when it ended, null before that
 */
public record Job(
        UUID id,
        String kind,
        String name,
        JobState state,
        JsonNode config,
        JsonNode checkpoint,
        Progress progress,
        JsonNode result,
        JobError error,
        int attempts,
        int restarts,
        long version,
        Instant createdAt,
        Instant startedAt,
        Instant endedAt) {

    /**
     * The job as a client of an API sees it: that it still waits for a free worker is our business,
     * so {@code queued} shows as {@code running}.
     */
    public Job shown() {
        return state != JobState.QUEUED
                ? this
                : new Job(
                        id,
                        kind,
                        name,
                        JobState.RUNNING,
                        config,
                        checkpoint,
                        progress,
                        result,
                        error,
                        attempts,
                        restarts,
                        version,
                        createdAt,
                        startedAt,
                        endedAt);
    }
}
