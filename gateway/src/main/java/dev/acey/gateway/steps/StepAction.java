package dev.acey.gateway.steps;

import io.smallrye.mutiny.Uni;

/**
 * What one step does. It may run again after a crash anywhere, and then must not double a thing.
 */
public interface StepAction {

    Step step();

    /**
     * Does the step, or a part of it, and says what it has come to. A failure that means a service
     * is down is tried again later; any other fails the workflow.
     */
    Uni<StepOutcome> run(StepRun run);
}
