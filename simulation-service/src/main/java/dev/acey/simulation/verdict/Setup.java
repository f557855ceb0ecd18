package dev.acey.simulation.verdict;

import dev.acey.simulation.cases.Budget;
import dev.acey.simulation.criteria.TaskCriteria;
import java.util.Map;

/**
 * What a simulation's sum goes by.
 *
 * @param judged whether outputs were judged
 * @param seed of everything random
 * @param candidateModel the model that was asked; null where none was
 * @param judgeModel the model that compared outputs; null where none did
 * @param used of the budget
 * @param spent the budget that ended before all was asked: calls or dollars; null where none did
 * @param decided criteria that are not the defaults, by task
 */
public record Setup(
        boolean judged,
        long seed,
        String candidateModel,
        String judgeModel,
        Budget used,
        String spent,
        Map<String, TaskCriteria> decided) {

    /** Of recorded outputs, by the default criteria. */
    public static Setup ofRecorded(boolean judged, long seed) {
        return new Setup(judged, seed, null, null, new Budget(0, 0), null, Map.of());
    }

    TaskCriteria criteria(String taskType) {
        TaskCriteria own = decided.get(taskType);
        return own == null ? TaskCriteria.defaults(taskType) : own;
    }
}
