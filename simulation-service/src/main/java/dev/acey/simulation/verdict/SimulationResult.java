package dev.acey.simulation.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.simulation.correctness.Correctness;
import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.judge.Judged;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseResult;
import dev.acey.simulation.statistics.Interval;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What came of a simulation. It holds no id and no time: the same cases, rules and seed give the
 * same result.
 *
 * @param verdict the worst of the tasks'; inconclusive without any
 * @param reasons the tasks' reasons, each after its task's name
 * @param candidateModel the model that was asked; null where outputs were recorded
 * @param gates whether a rollout may rest on it: only if the service asked the candidate itself
 * @param ruleSet the set that judged every tested output; null where several did, or none
 * @param asked what was asked of models; null where none was
 * @param referenceDrift null where no task has a pinned reference
 * @param worstCases what to look at first, the worst first
 * @param judge what a judge model prefers; null without one
 */
@RegisterForReflection
public record SimulationResult(
        Outcome verdict,
        List<String> reasons,
        Map<String, TaskVerdict> tasks,
        String candidateModel,
        boolean gates,
        String ruleSet,
        Statistics statistics,
        Asked asked,
        ConsistencyReport consistency,
        Flips flips,
        ModelComparison comparison,
        Drift drift,
        ReferenceDrift referenceDrift,
        List<WorstCases.WorstCase> worstCases,
        Correctness correctness,
        Judged judge) {

    /**
     * Decisions on the candidate's outputs, on the logged one where the candidate has none.
     *
     * @param errors cases without any output: the call failed or gave nothing
     */
    @RegisterForReflection
    public record Statistics(
            int totalLogs,
            int processedLogs,
            int approvals,
            int modifications,
            int rejections,
            int pending,
            int errors) {}

    /** The first 100 mismatches are listed. */
    @RegisterForReflection
    public record ConsistencyReport(
            int checked, int agree, int notCheckable, List<Mismatch> mismatches) {}

    @RegisterForReflection
    public record Mismatch(
            int position, UUID logId, String taskType, String recorded, String replayed) {

        static Mismatch of(Case one, CaseResult result) {
            return new Mismatch(
                    one.position(),
                    one.entry().id(),
                    one.entry().taskType(),
                    result.recordedHash(),
                    result.replayedHash());
        }
    }

    /**
     * Decisions that would change with the candidate; the first 100 are listed.
     *
     * @param rate of the prompts with both decisions; null without any
     * @param interval Wilson's, 95 %; null likewise
     */
    @RegisterForReflection
    public record Flips(
            Double rate, Interval interval, int count, int compared, List<Flip> cases) {}

    @RegisterForReflection
    public record Flip(
            int position,
            UUID logId,
            String taskType,
            String baseline,
            String candidate,
            JsonNode baselineFindings,
            JsonNode candidateFindings) {

        static Flip of(Case one, CaseResult result) {
            return new Flip(
                    one.position(),
                    one.entry().id(),
                    one.entry().taskType(),
                    result.baseline().decision(),
                    result.candidate().decision(),
                    result.baseline().findings(),
                    result.candidate().findings());
        }
    }

    /**
     * What was asked.
     *
     * @param answered prompts the candidate answered
     * @param failed prompts it failed to answer, as often as it was asked
     * @param unasked prompts it was not asked, because a budget ended
     * @param calls to models, those that failed and the judge's too
     * @param dollars spent at most
     * @param ended the budget that ended before all was asked: calls or dollars; null where none
     *     did
     */
    @RegisterForReflection
    public record Asked(
            int answered, int failed, int unasked, int calls, double dollars, String ended) {}
}
