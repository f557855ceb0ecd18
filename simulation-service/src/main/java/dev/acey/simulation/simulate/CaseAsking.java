package dev.acey.simulation.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.job.JobRun;
import dev.acey.simulation.ask.AskOrder;
import dev.acey.simulation.ask.Asking;
import dev.acey.simulation.ask.ChatPrompt;
import dev.acey.simulation.ask.Models;
import dev.acey.simulation.cases.Purpose;
import dev.acey.simulation.judge.JudgePrompt;
import dev.acey.simulation.replay.Case;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The phases of a simulation in which models are asked: the candidate, then the judge twice. */
@ApplicationScoped
class CaseAsking {

    /** So many answers, and the run has not failed in vain. */
    private static final int CHECKPOINT_EVERY = 50;

    private static final SimulationJob.Checkpoint NOT_JUDGED =
            new SimulationJob.Checkpoint(null, null);

    private final Asking asking;
    private final Models models;
    private final ObjectMapper json;

    CaseAsking(Asking asking, Models models, ObjectMapper json) {
        this.asking = asking;
        this.models = models;
        this.json = json;
    }

    /** How many phases there are. */
    static int phases(SimulationConfig config) {
        return (config.candidateModel() == null ? 0 : 1) + (config.judgeModel() == null ? 0 : 2);
    }

    /** Asks what is to be asked; the budget that ended before, if one did. */
    Uni<Optional<String>> all(JobRun run, UUID simulation, SimulationOrder order, Pace pace) {
        String judge = order.config().judgeModel();
        return phase(
                        run,
                        simulation,
                        order,
                        pace,
                        Purpose.CANDIDATE,
                        order.config().candidateModel(),
                        one -> one.recorded() == null ? ChatPrompt.of(one.entry()) : null)
                .chain(
                        spent ->
                                spent.isPresent()
                                        ? Uni.createFrom().item(spent)
                                        : phase(
                                                run,
                                                simulation,
                                                order,
                                                pace,
                                                Purpose.JUDGE,
                                                judge,
                                                one -> JudgePrompt.of(one, false)))
                .chain(
                        spent ->
                                spent.isPresent()
                                        ? Uni.createFrom().item(spent)
                                        : phase(
                                                run,
                                                simulation,
                                                order,
                                                pace,
                                                Purpose.JUDGE_SWAPPED,
                                                judge,
                                                one -> JudgePrompt.of(one, true)));
    }

    private Uni<Optional<String>> phase(
            JobRun run,
            UUID simulation,
            SimulationOrder order,
            Pace pace,
            Purpose purpose,
            String model,
            Function<Case, ObjectNode> prompt) {
        if (model == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return pace.begin(0)
                .chain(() -> models.named("/config", model))
                .chain(
                        known ->
                                asking.all(
                                        new AskOrder(
                                                simulation,
                                                purpose,
                                                known,
                                                order.budget(),
                                                prompt,
                                                () -> answered(run, pace))));
    }

    private Uni<Void> answered(JobRun run, Pace pace) {
        return pace.did(1)
                .chain(
                        () ->
                                pace.done() % CHECKPOINT_EVERY == 0
                                        ? run.checkpoint(json.valueToTree(NOT_JUDGED))
                                        : Uni.createFrom().voidItem());
    }
}
