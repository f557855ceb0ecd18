package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.calls.Preparation;
import dev.acey.gateway.calls.ServiceCalls;
import dev.acey.gateway.upstream.Service;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** One preparation for all tasks of the workflow. */
@Singleton
class PrepareDatasets implements StepAction {

    private final ServiceCalls services;
    private final ObjectMapper json;

    PrepareDatasets(ServiceCalls services, ObjectMapper json) {
        this.services = services;
        this.json = json;
    }

    @Override
    public Step step() {
        return Step.PREPARE_DATASETS;
    }

    @Override
    public Uni<StepOutcome> run(StepRun run) {
        WorkflowConfig config = run.config();
        Preparation.Order order =
                new Preparation.Order(
                        config.taskTypes(), config.minConfidence(), config.excludeRejected());
        return run.begun(step().title(), key -> services.prepare(key, order), Preparation::failed)
                .chain(begun -> Patience.untilDone(Service.DATASET, begun, services::preparation))
                .map(done -> new StepOutcome.Done(result(done)));
    }

    private JsonNode result(Preparation done) {
        ObjectNode result = json.createObjectNode();
        result.put("id", done.id());
        result.set("datasets", done.datasets());
        result.set("summary", done.summary());
        return result;
    }
}
