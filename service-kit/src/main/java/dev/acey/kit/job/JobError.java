package dev.acey.kit.job;

import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * Why a job failed, or why it is about to be tried again: a problem's type, title and detail as RFC
 * 9457 defines them, never a stack trace.
 */
@RegisterForReflection
public record JobError(String type, String title, String detail) {

    static JobError of(UUID job, Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return of(problem.problem());
        }
        if (Dependencies.isDown(failure)) {
            return of(Problem.of(503, "Something this job needs cannot be reached right now."));
        }
        return of(
                Problem.of(
                        500,
                        "This is a defect of the service. Its log has more under job "
                                + job
                                + "."));
    }

    static JobError lostWorkers(int times) {
        return of(
                Problem.of(
                        500,
                        "Its worker was lost "
                                + times
                                + " times in a row without getting any further."));
    }

    private static JobError of(Problem problem) {
        String detail = problem.detail();
        if (!problem.errors().isEmpty()) {
            detail += " " + problem.errors();
        }
        return new JobError(problem.type(), problem.title(), detail);
    }
}
