package dev.acey.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.event.Event;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Does one kind of job. A CDI bean; an application may have several.
 *
 * <p>A job runs at least once: after a crash another worker starts it from its last checkpoint, so
 * what a handler does must be safe to do again. It runs on an event loop in a Vert.x context of its
 * own, where reactive sessions work; there is no request scope, and what blocks belongs on a worker
 * pool.
 */
public interface JobHandler {

    /** {@code ^[a-z][a-z0-9._-]{0,63}$}, unique within the application. */
    String kind();

    /**
     * Runs the job to its end.
     *
     * <p>The item (may be null) completes the job. A failure that means a dependency is down is
     * tried again with back-off, a bounded number of times without a checkpoint in between; any
     * other fails the job at once, a {@link dev.acey.kit.problem.ProblemException} with its
     * problem. When the job is cancelled or its lease is lost, the Uni is cancelled.
     */
    Uni<JsonNode> run(JobRun run);

    /**
     * What to tell of a job that has ended, completed, failed or cancelled; it is appended to the
     * outbox in the transaction in which the job ends. Nothing, unless overridden.
     */
    default Optional<Event> ended(Job job) {
        return Optional.empty();
    }
}
