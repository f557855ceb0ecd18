package dev.acey.gateway.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.calls.Approval;
import dev.acey.gateway.calls.RefusedByService;
import dev.acey.gateway.calls.Rollout;
import dev.acey.gateway.calls.ServiceCalls;
import dev.acey.gateway.steps.Deployment.Stage;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Rolls candidates out, task after task: the next begins when the one before is promoted. What a
 * rollout does by itself, and what it waits for, is rollout-service's business.
 */
@Singleton
class GradualDeployment implements StepAction {

    /** More rollouts than this are not begun between a look for the newest and the next. */
    private static final int RECENT = 1_000;

    private final ServiceCalls services;
    private final DeploymentPlan plan;
    private final StepSettings settings;
    private final ObjectMapper json;

    GradualDeployment(
            ServiceCalls services, DeploymentPlan plan, StepSettings settings, ObjectMapper json) {
        this.services = services;
        this.plan = plan;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public Step step() {
        return Step.GRADUAL_DEPLOYMENT;
    }

    @Override
    public Uni<StepOutcome> run(StepRun run) {
        if (run.sofar() == null) {
            return plan.of(run).map(planned -> new StepOutcome.Noted(json.valueToTree(planned)));
        }
        Deployment deployment = read(run.sofar());
        Optional<Stage> next = deployment.next();
        if (next.isEmpty()) {
            return Uni.createFrom().item(new StepOutcome.Done(run.sofar()));
        }
        Stage stage = next.get();
        if (stage.rolloutId() != null) {
            return services.rollout(stage.rolloutId())
                    .chain(rollout -> follow(run, deployment, stage, rollout));
        }
        return stage.outcome().equals(Deployment.STARTING)
                ? found(stage)
                        .chain(ours -> ours.map(this::item).orElseGet(() -> begin(run, stage)))
                        .map(rollout -> noted(deployment, begun(run, stage, rollout)))
                : starting(deployment, stage);
    }

    private Uni<StepOutcome> starting(Deployment deployment, Stage stage) {
        return services.rollouts(1)
                .map(page -> page.rollouts().isEmpty() ? null : page.rollouts().get(0).id())
                .map(newest -> noted(deployment, stage.starting(newest)));
    }

    /** A rollout that was begun before a crash kept it from being written down. */
    private Uni<Optional<Rollout>> found(Stage stage) {
        return services.rollouts(RECENT)
                .map(
                        page ->
                                page.rollouts().stream()
                                        .takeWhile(r -> !r.id().equals(stage.newestBefore()))
                                        .filter(r -> r.taskType().equals(stage.taskType()))
                                        .filter(r -> r.candidate().equals(stage.candidate()))
                                        .findFirst());
    }

    private Uni<Rollout> begin(StepRun run, Stage stage) {
        String simulation = RunSimulations.idOf(run.of(Step.RUN_SIMULATIONS), stage.taskType());
        return services.beginRollout(
                        new Rollout.Order(stage.taskType(), stage.candidate(), simulation))
                .onFailure(GradualDeployment::isConflict)
                .recoverWithUni(
                        conflict ->
                                found(stage)
                                        .map(
                                                ours ->
                                                        ours.orElseThrow(
                                                                () ->
                                                                        (RefusedByService)
                                                                                conflict)));
    }

    private Uni<StepOutcome> follow(
            StepRun run, Deployment deployment, Stage stage, Rollout rollout) {
        Stage seen = begun(run, stage, rollout);
        return switch (rollout.state()) {
            case Deployment.PROMOTED -> Uni.createFrom().item(noted(deployment, seen));
            case "rolled_back", "cancelled" -> takenBack(run, deployment, stage, rollout);
            case "waiting_for_approval" ->
                    approve(run, rollout).replaceWith(() -> waits(deployment, seen));
            default -> Uni.createFrom().item(waits(deployment, seen));
        };
    }

    /** Fails the step; a retry after that begins another rollout. */
    private Uni<StepOutcome> takenBack(
            StepRun run, Deployment deployment, Stage stage, Rollout rollout) {
        if (stage.retry() < run.retries()) {
            return starting(deployment, stage);
        }
        Stage over = stage.at(rollout.id(), rollout.state(), rollout.reason(), stage.retry());
        return over.equals(stage)
                ? Uni.createFrom().failure(ended(stage, rollout))
                : Uni.createFrom().item(noted(deployment, over));
    }

    /** What was approved when the workflow was started needs nobody any more. */
    private Uni<Void> approve(StepRun run, Rollout rollout) {
        Approval given =
                run.config().approvals() == null
                        ? null
                        : run.config().approvals().get(rollout.taskType());
        if (given == null) {
            return Uni.createFrom().voidItem();
        }
        String reason = given.reason() + " (in advance, for " + run.workflowId() + ")";
        return services.approve(rollout.id(), new Approval(given.actor(), reason))
                .replaceWithVoid();
    }

    private static Stage begun(StepRun run, Stage stage, Rollout rollout) {
        String detail =
                switch (rollout.state()) {
                    case "paused" -> "Paused: " + rollout.reason();
                    case "waiting_for_approval" ->
                            "Approve it with POST /api/rollouts/" + rollout.id() + "/approve.";
                    default -> null;
                };
        return stage.at(rollout.id(), rollout.state(), detail, run.retries());
    }

    private StepOutcome noted(Deployment deployment, Stage stage) {
        return new StepOutcome.Noted(json.valueToTree(deployment.with(stage)));
    }

    private StepOutcome waits(Deployment deployment, Stage stage) {
        return new StepOutcome.Waits(
                json.valueToTree(deployment.with(stage)), settings.lookEvery());
    }

    private Uni<Rollout> item(Rollout rollout) {
        return Uni.createFrom().item(rollout);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof RefusedByService refused && refused.status() == 409;
    }

    private static ProblemException ended(Stage stage, Rollout rollout) {
        return new ProblemException(
                Problem.of(
                        422,
                        "The rollout %s of %s for %s is %s: %s"
                                .formatted(
                                        rollout.id(),
                                        stage.candidate(),
                                        stage.taskType(),
                                        rollout.state().replace('_', ' '),
                                        rollout.reason())));
    }

    private Deployment read(JsonNode sofar) {
        try {
            return json.treeToValue(sofar, Deployment.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored workflow holds an unreadable deployment", e);
        }
    }
}
