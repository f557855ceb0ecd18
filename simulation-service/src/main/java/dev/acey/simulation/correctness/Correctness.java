package dev.acey.simulation.correctness;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.acey.simulation.statistics.Interval;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/**
 * Whether the tested outputs (the candidate's, else the logged ones) are what their tasks ask for.
 *
 * @param schemaValid share of them that keep their task's rules; null where no task has any
 * @param interval Wilson's, 95 %; null likewise
 * @param checked outputs whose task has rules
 * @param failures the first 100 that break them
 * @param agreement with what people said to be right
 */
@RegisterForReflection
public record Correctness(
        Double schemaValid,
        Interval interval,
        int checked,
        List<Failure> failures,
        Agreement agreement) {

    /**
     * An output that breaks a rule.
     *
     * @param detail what is wrong with it
     */
    @RegisterForReflection
    public record Failure(int position, UUID logId, String taskType, String detail) {}

    /**
     * How far outputs agree with references: demonstrations, outputs that a person approved, and
     * what a person put in their place. One agrees that proposes the same intents and, where the
     * reference says something, says it at least half alike.
     *
     * @param references prompts with a reference that the tested model answered
     * @param rate share of them that agree; null without any
     * @param interval Wilson's, 95 %; null likewise
     * @param similarity mean of what is said, 0 to 1; null likewise
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Agreement(
            int references, int agree, Double rate, Interval interval, Double similarity) {}
}
