package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.calls.LogRetention;
import dev.acey.gateway.calls.ServiceCalls;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Calls are logged all the time: this says how long they are kept, where that was asked for, and
 * counts what is there to go on with.
 */
@Singleton
class CollectLogs implements StepAction {

    private final ServiceCalls services;
    private final ObjectMapper json;

    CollectLogs(ServiceCalls services, ObjectMapper json) {
        this.services = services;
        this.json = json;
    }

    @Override
    public Step step() {
        return Step.COLLECT_LOGS;
    }

    @Override
    public Uni<StepOutcome> run(StepRun run) {
        return retention(run.workflowId(), run.config().logRetentionDays())
                .chain(() -> services.logStats())
                .map(stats -> new StepOutcome.Done(json.valueToTree(stats)));
    }

    private Uni<Void> retention(String workflowId, Integer days) {
        return days == null
                ? Uni.createFrom().voidItem()
                : services.keepLogs(new LogRetention(days, workflowId));
    }
}
