package dev.acey.kit.job;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * How far a job has come, in units of its own.
 *
 * @param done units done, not negative
 * @param total units in all as far as known, not negative; 0 while unknown
 * @param etaSeconds seconds to the end at the pace so far; null while unknown
 */
@RegisterForReflection
public record Progress(long done, long total, Integer etaSeconds) {

    public Progress {
        if (done < 0 || total < 0) {
            throw new IllegalArgumentException(
                    "progress is not negative, but done=" + done + ", total=" + total);
        }
    }
}
