package dev.acey.simulation.criteria;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.acey.simulation.correctness.OutputRules;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * When a task passes. Each criterion is met, broken, or open: what is not certain at the level of
 * the intervals (95 %) is open. A broken one fails the task; an open one makes it inconclusive; a
 * task passes when all are met. The defaults are judgements, in line with the guard's of a rollout.
 *
 * @param version counts the changes; 0 for the defaults
 * @param leastPrompts that both models must have answered
 * @param rejectionTolerance by how much the candidate's rate of rejections may be above the
 *     baseline's on the same prompts
 * @param flipTolerance the share of decisions the candidate may change
 * @param confidenceTolerance by how much the intents' confidence may certainly drop
 * @param errorTolerance the share of prompts a candidate that is asked may fail to answer
 * @param invalidTolerance the share of outputs that may break the task's rules for outputs
 * @param preferenceTolerance by how much a judge may certainly prefer the baseline: the share of
 *     pairs the baseline wins less that the candidate wins
 * @param leastAgreement the share of references an output must agree with; null for no criterion
 * @param output the task's rules for outputs
 * @param actor who changed it last, and {@code reason} why; null for the defaults
 */
@RegisterForReflection
public record TaskCriteria(
        @JsonProperty("taskType") String taskType,
        @JsonProperty("version") int version,
        @JsonProperty("leastPrompts") int leastPrompts,
        @JsonProperty("rejectionTolerance") double rejectionTolerance,
        @JsonProperty("flipTolerance") double flipTolerance,
        @JsonProperty("confidenceTolerance") double confidenceTolerance,
        @JsonProperty("errorTolerance") double errorTolerance,
        @JsonProperty("invalidTolerance") double invalidTolerance,
        @JsonProperty("preferenceTolerance") double preferenceTolerance,
        @JsonProperty("leastAgreement") Double leastAgreement,
        @JsonProperty("output") OutputRules output,
        @JsonProperty("actor") String actor,
        @JsonProperty("reason") String reason,
        @JsonProperty("changedAt") Instant changedAt) {

    /** What holds where nobody decided otherwise. */
    public static TaskCriteria defaults(String taskType) {
        return new TaskCriteria(
                taskType,
                0,
                60,
                0.03,
                0.10,
                0.10,
                0.05,
                0.05,
                0.10,
                null,
                OutputRules.NONE,
                null,
                null,
                null);
    }
}
