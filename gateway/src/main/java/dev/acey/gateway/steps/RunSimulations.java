package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.calls.ServiceCalls;
import dev.acey.gateway.calls.Simulation;
import dev.acey.gateway.upstream.Service;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * One simulation a task, one after the other, so that each can speak for its task's candidate; the
 * verdict of the step is the worst of theirs.
 */
@Singleton
class RunSimulations implements StepAction {

    private static final List<String> WORST_FIRST = List.of("fail", "inconclusive", "pass");

    private final ServiceCalls services;
    private final ObjectMapper json;

    RunSimulations(ServiceCalls services, ObjectMapper json) {
        this.services = services;
        this.json = json;
    }

    @Override
    public Step step() {
        return Step.RUN_SIMULATIONS;
    }

    @Override
    public Uni<StepOutcome> run(StepRun run) {
        ObjectNode byTask = json.createObjectNode();
        return Multi.createFrom()
                .iterable(run.config().taskTypes())
                .onItem()
                .transformToUniAndConcatenate(
                        task -> simulate(run, task).invoke(done -> byTask.set(task, outcome(done))))
                .collect()
                .last()
                .map(last -> new StepOutcome.Done(result(byTask)));
    }

    /** The simulation of this task that a run came to; null where none did. */
    static String idOf(JsonNode result, String task) {
        return result.path("simulations").path(task).path("id").textValue();
    }

    private Uni<Simulation> simulate(StepRun run, String task) {
        Simulation.Order order =
                Simulation.Order.of(task, run.config().simulationSampleSize(), run.candidate(task));
        return run.begun(
                        step().title() + "/" + task,
                        key -> services.simulate(key, order),
                        Simulation::failed)
                .chain(
                        begun ->
                                Patience.untilDone(
                                        Service.SIMULATION, begun, services::simulation));
    }

    private JsonNode outcome(Simulation done) {
        ObjectNode outcome = json.createObjectNode();
        outcome.put("id", done.id());
        outcome.put("verdict", done.verdict());
        outcome.set("reasons", json.valueToTree(done.reasons()));
        outcome.set("statistics", done.statistics());
        outcome.set("checked", at(done.consistency(), "checked"));
        outcome.set("agree", at(done.consistency(), "agree"));
        outcome.set("flipRate", at(done.flips(), "rate"));
        outcome.set("driftPValue", at(done.drift(), "pValue"));
        return outcome;
    }

    private JsonNode result(ObjectNode byTask) {
        ObjectNode result = json.createObjectNode();
        String worst =
                WORST_FIRST.stream()
                        .filter(verdict -> byTask.findValuesAsText("verdict").contains(verdict))
                        .findFirst()
                        .orElse("inconclusive");
        result.put("verdict", worst);
        result.set("simulations", byTask);
        return result;
    }

    private static JsonNode at(JsonNode node, String field) {
        return node == null ? null : node.get(field);
    }
}
