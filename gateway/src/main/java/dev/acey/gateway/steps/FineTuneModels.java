package dev.acey.gateway.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.calls.FineTune;
import dev.acey.gateway.calls.ServiceCalls;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/**
 * Trains a model for each task that names a base model and has a dataset, all at the same time, and
 * waits until the last has ended. dataset-service registers what comes of it.
 */
@Singleton
class FineTuneModels implements StepAction {

    private final ServiceCalls services;
    private final StepSettings settings;
    private final ObjectMapper json;

    FineTuneModels(ServiceCalls services, StepSettings settings, ObjectMapper json) {
        this.services = services;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public Step step() {
        return Step.FINE_TUNE_MODELS;
    }

    /** The model this step has made for a task; null where it made none. */
    static String modelOf(JsonNode result, String taskType) {
        return result.path("models").path(taskType).path("model").textValue();
    }

    @Override
    public Uni<StepOutcome> run(StepRun run) {
        WorkflowConfig config = run.config();
        List<String> tasks =
                config.baseModels() == null
                        ? List.of()
                        : config.taskTypes().stream()
                                .filter(config.baseModels()::containsKey)
                                .toList();
        if (tasks.isEmpty()) {
            throw refused(
                    "No base model is named in config.baseModels, so that no training provider was"
                            + " asked. Name one, or leave enableFineTuning off.");
        }
        ObjectNode models = json.createObjectNode();
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUniAndConcatenate(
                        task -> train(run, task).invoke(model -> models.set(task, model)))
                .collect()
                .last()
                .map(last -> outcome(models));
    }

    private Uni<ObjectNode> train(StepRun run, String task) {
        JsonNode sofar =
                run.sofar() == null
                        ? json.createObjectNode()
                        : run.sofar().path("models").path(task);
        JsonNode dataset = run.of(Step.PREPARE_DATASETS).path("datasets").path(task);
        ObjectNode model = json.createObjectNode();
        model.put("baseModel", run.config().baseModels().get(task));
        if (dataset.has("count") && dataset.path("count").asLong() == 0) {
            model.put("state", "skipped");
            model.put("detail", "No logged call became an example.");
            return Uni.createFrom().item(model);
        }
        return ask(run, task, dataset, sofar.path("id").textValue())
                .map(
                        job -> {
                            model.put("id", job.id());
                            model.put("state", job.state());
                            model.put("model", job.model());
                            model.put("detail", job.detail());
                            requireNoFailure(task, job);
                            return model;
                        });
    }

    private Uni<FineTune> ask(StepRun run, String task, JsonNode dataset, String begun) {
        FineTune.Order order =
                new FineTune.Order(
                        dataset.path("filename").asText(task + "-dataset.jsonl"),
                        dataset.has("version") ? dataset.get("version").asInt() : null,
                        run.config().baseModels().get(task));
        Supplier<Uni<FineTune>> begin =
                () ->
                        run.begun(
                                step().title() + "/" + task,
                                key -> services.fineTune(key, order),
                                FineTune::failed);
        return begun == null
                ? begin.get()
                : services.fineTune(begun)
                        .chain(
                                job ->
                                        job.failed() && run.retries() > 0
                                                ? begin.get()
                                                : Uni.createFrom().item(job));
    }

    private StepOutcome outcome(ObjectNode models) {
        ObjectNode result = json.createObjectNode();
        result.set("models", models);
        boolean over =
                models.findValuesAsText("state").stream()
                        .allMatch(state -> state.equals("succeeded") || state.equals("skipped"));
        return over
                ? new StepOutcome.Done(result)
                : new StepOutcome.Waits(result, settings.lookEvery());
    }

    private static void requireNoFailure(String task, FineTune job) {
        if (job.failed()) {
            String why = job.error() == null ? "no reason is given" : job.error();
            throw refused("Training for %s is %s: %s".formatted(task, job.state(), why));
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(422, detail));
    }
}
