package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Says what is missing: this system cannot train yet. */
@Singleton
class FineTuneModels implements StepAction {

    @Override
    public Step step() {
        return Step.FINE_TUNE_MODELS;
    }

    @Override
    public Uni<JsonNode> run(String workflowId, WorkflowConfig config) {
        return Uni.createFrom()
                .failure(
                        new ProblemException(
                                Problem.of(
                                        422,
                                        "No training provider is configured, and none can be yet."
                                                + " Train with the prepared datasets elsewhere, and"
                                                + " leave enableFineTuning off.")));
    }
}
