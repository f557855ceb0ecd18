package dev.acey.gateway.steps;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of a deployment in their order, and how far each has come.
 *
 * @param stages one for each task
 */
@RegisterForReflection
record Deployment(List<Stage> stages) {

    /** Where the deployment of a task stands before it has a rollout; then, as the rollout does. */
    static final String PENDING = "pending";

    /** It is about to begin: whatever rollout of the task is newer than those known is ours. */
    static final String STARTING = "starting";

    static final String SKIPPED = "skipped";
    static final String PROMOTED = "promoted";

    /**
     * A task.
     *
     * @param risk {@code low}, {@code medium} or {@code high}
     * @param baseline the model that served it when the deployment was planned; null without one
     * @param candidate the model to deploy; null without one
     * @param outcome one of the states above, or that of the rollout
     * @param detail why, in words; null where there is nothing to say
     * @param newestBefore the rollout that began last before this one was begun; null for none
     * @param rolloutId null before there is one
     * @param retry the retry of the workflow that last saw the rollout under way; 0 before any
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Stage(
            String taskType,
            String risk,
            String baseline,
            String candidate,
            String outcome,
            String detail,
            String newestBefore,
            String rolloutId,
            Integer retry) {

        Stage {
            retry = retry == null ? 0 : retry;
        }

        boolean ended() {
            return outcome.equals(SKIPPED) || outcome.equals(PROMOTED);
        }

        /** Without the rollout of an earlier retry. */
        Stage starting(String newest) {
            return new Stage(
                    taskType, risk, baseline, candidate, STARTING, null, newest, null, retry);
        }

        Stage at(String id, String state, String why, int seen) {
            return new Stage(
                    taskType, risk, baseline, candidate, state, why, newestBefore, id, seen);
        }
    }

    /** The first that has not ended: the others wait for it. */
    Optional<Stage> next() {
        return stages.stream().filter(stage -> !stage.ended()).findFirst();
    }

    Deployment with(Stage changed) {
        List<Stage> next = new ArrayList<>(stages);
        next.replaceAll(s -> s.taskType().equals(changed.taskType()) ? changed : s);
        return new Deployment(next);
    }
}
