package dev.acey.log.erasure;

import dev.acey.kit.job.Job;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.UUID;

/**
 * The erasure of a person's entries.
 *
 * @param state running, completed, failed or cancelled
 * @param logs entries erased so far
 */
@RegisterForReflection
public record Erasure(UUID id, String state, long logs) {

    static Erasure of(Job job) {
        String state = job.shown().state().name().toLowerCase(Locale.ROOT);
        return new Erasure(
                job.id(), state.equals("waiting") ? "running" : state, SubjectErasure.logs(job));
    }
}
