package dev.acey.rollout.staged;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.digest.Sha256;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.task.Risk;
import dev.acey.rollout.actor.Actor;
import dev.acey.rollout.gate.Gate;
import dev.acey.rollout.gate.Passage;
import dev.acey.rollout.guard.GuardSettings;
import dev.acey.rollout.guard.History;
import dev.acey.rollout.guard.Limits;
import dev.acey.rollout.guard.Tolerances;
import dev.acey.rollout.lineage.Lineage;
import dev.acey.rollout.lineage.Lineages;
import dev.acey.rollout.model.KnownModel;
import dev.acey.rollout.model.Models;
import dev.acey.rollout.past.TaskPast;
import dev.acey.rollout.plan.Plan;
import dev.acey.rollout.plan.Stage;
import dev.acey.rollout.plan.StageCommand;
import dev.acey.rollout.replica.CallersContext;
import dev.acey.rollout.replica.Writes;
import dev.acey.rollout.rules.ActiveHash;
import dev.acey.rollout.task.TaskSettings;
import dev.acey.rollout.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Begins rollouts. Other services are asked between two transactions: the first refuses early what
 * cannot begin, the second looks again.
 */
@Singleton
class Starting {

    private final Tasks tasks;
    private final Models models;
    private final ActiveHash rules;
    private final Gate gate;
    private final TaskPast past;
    private final Lineages lineages;
    private final Steps steps;
    private final RolloutSettings settings;
    private final Clock clock;

    Starting(
            Tasks tasks,
            Models models,
            ActiveHash rules,
            Gate gate,
            TaskPast past,
            Lineages lineages,
            Steps steps,
            RolloutSettings settings,
            Clock clock) {
        this.tasks = tasks;
        this.models = models;
        this.rules = rules;
        this.gate = gate;
        this.past = past;
        this.lineages = lineages;
        this.steps = steps;
        this.settings = settings;
        this.clock = clock;
    }

    /** What a rollout begins from, while the caller's transaction holds the task. */
    private record Ground(TaskSettings task, Map<String, KnownModel> models, String ruleSet) {

        int upstreamMillis() {
            return models.values().stream().mapToInt(KnownModel::timeoutMs).max().orElseThrow();
        }
    }

    /** What is found out between the two transactions. */
    private record Known(Passage passage, History history, Map<String, Lineage> datasets) {}

    /**
     * Begins a rollout and names it; 409 while another of the task is under way, 422 for what the
     * task or the gate does not let begin, 503 where another service is needed and away.
     */
    Uni<UUID> start(StartCommand command) {
        Plan asked = command.stages() == null ? null : StageCommand.plan(command.stages());
        Executor context = CallersContext.executor();
        return Writes.inTransaction(session -> ground(session, command))
                .flatMap(ground -> start(command, asked, ground, context));
    }

    private Uni<UUID> start(StartCommand command, Plan asked, Ground ground, Executor context) {
        return passage(command, ground)
                .flatMap(passage -> known(command, ground, passage))
                .emitOn(context)
                .flatMap(known -> insert(command, asked, ground, known));
    }

    private Uni<Known> known(StartCommand command, Ground ground, Passage passage) {
        return past.of(command.taskType(), settings.slowMillis())
                .flatMap(
                        history ->
                                lineages.of(ground.models().keySet())
                                        .map(datasets -> new Known(passage, history, datasets)));
    }

    private Uni<Passage> passage(StartCommand command, Ground ground) {
        if (command.override() != null) {
            String named = command.simulationId() == null ? null : command.simulationId() + "";
            return Uni.createFrom().item(new Passage(named, null, command.override().reason()));
        }
        return gate.pass(
                command.taskType(), command.candidate(), ground.ruleSet(), command.simulationId());
    }

    private Uni<UUID> insert(StartCommand command, Plan asked, Ground before, Known known) {
        return Writes.inTransaction(
                session ->
                        ground(session, command)
                                .flatMap(
                                        ground -> {
                                            checkUnchanged(before, ground);
                                            StoredRollout row = row(command, asked, ground, known);
                                            return steps.take(
                                                            session,
                                                            row,
                                                            new Step(
                                                                    row.rollout(),
                                                                    Steps.START,
                                                                    Actor.ANONYMOUS,
                                                                    known.passage().override(),
                                                                    null),
                                                            row.createdAt)
                                                    .replaceWith(row.id);
                                        }));
    }

    private Uni<Ground> ground(Mutiny.Session session, StartCommand command) {
        return tasks.locked(command.taskType())
                .invoke(task -> check(command, task))
                .flatMap(
                        task ->
                                models.registered(List.of(task.baseline(), command.candidate()))
                                        .invoke(known -> check(command, known))
                                        .flatMap(
                                                known ->
                                                        rules.in(session)
                                                                .map(
                                                                        hash ->
                                                                                ground(
                                                                                        task, known,
                                                                                        hash))));
    }

    private static Ground ground(
            TaskSettings task, Map<String, KnownModel> models, String ruleSet) {
        if (ruleSet == null) {
            throw ProblemException.unavailable("No rule set is active yet.");
        }
        return new Ground(task, models, ruleSet);
    }

    private static void checkUnchanged(Ground before, Ground now) {
        if (!now.ruleSet().equals(before.ruleSet())) {
            throw ProblemException.conflict("The active rule set has just changed.");
        }
        if (!now.models().keySet().equals(before.models().keySet())) {
            throw ProblemException.conflict("The task's baseline has just changed.");
        }
    }

    private static void check(StartCommand command, TaskSettings task) {
        if (task == null || task.baseline() == null) {
            throw ProblemException.refused(
                    "/taskType",
                    "No model serves the task "
                            + command.taskType()
                            + ". Give it a baseline first with PUT /api/tasks/"
                            + command.taskType()
                            + ".");
        }
        if (task.rolloutId() != null) {
            throw ProblemException.conflict(
                    "The rollout " + task.rolloutId() + " of the task is under way already.");
        }
        if (command.candidate().equals(task.baseline())) {
            throw ProblemException.refused(
                    "/candidate", "The candidate must be another model than the baseline.");
        }
    }

    private static void check(StartCommand command, Map<String, KnownModel> known) {
        if (!known.containsKey(command.candidate())) {
            throw ProblemException.refused(
                    "/candidate",
                    "There is no model "
                            + command.candidate()
                            + ". Register it first with PUT /api/models/"
                            + command.candidate()
                            + ".");
        }
    }

    private StoredRollout row(StartCommand command, Plan asked, Ground ground, Known known) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Risk risk = ground.task().risk();
        StoredRollout row = new StoredRollout();
        row.id = UuidCreator.getTimeOrderedEpoch();
        row.taskType = command.taskType();
        row.risk = risk;
        row.baseline = ground.task().baseline();
        row.candidate = command.candidate();
        row.plan = asked == null ? Plan.of(risk).lasting(settings.stageSeconds()) : asked;
        row.state = RolloutState.of(Rollout.start(row.plan));
        row.watching =
                new Watching(
                        settings.tickSeconds(),
                        settings.lateSeconds(),
                        ground.upstreamMillis(),
                        settings.slowMillis(),
                        hashes(ground.models()),
                        GuardSettings.of(
                                Tolerances.DEFAULT,
                                Limits.DEFAULT,
                                carriesAccuracy(row.plan, known.history())),
                        known.history());
        row.gate = known.passage();
        row.datasets = known.datasets();
        row.ruleSet = ground.ruleSet();
        row.stageSince = now;
        row.createdAt = now;
        return row;
    }

    private static Map<String, String> hashes(Map<String, KnownModel> models) {
        Map<String, String> hashes = new TreeMap<>();
        models.forEach((name, model) -> hashes.put(name, hash(model)));
        return hashes;
    }

    private static String hash(KnownModel model) {
        String where = model.baseUrl() + "\n" + model.upstreamModel();
        return "sha256:" + Sha256.hex(where.getBytes(StandardCharsets.UTF_8));
    }

    /** By the longest stage in which there is still a baseline to compare with. */
    private static boolean carriesAccuracy(Plan plan, History history) {
        return plan.stages().stream()
                .filter(stage -> stage.isLive() && !stage.isWhole())
                .anyMatch(stage -> carriesAccuracy(stage, history));
    }

    private static boolean carriesAccuracy(Stage stage, History history) {
        return history.carriesAccuracy(stage.weight(), stage.maxSeconds());
    }
}
