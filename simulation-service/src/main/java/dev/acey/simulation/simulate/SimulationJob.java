package dev.acey.simulation.simulate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.job.JobHandler;
import dev.acey.kit.job.JobRun;
import dev.acey.simulation.cases.AskStore;
import dev.acey.simulation.cases.CaseStore;
import dev.acey.simulation.criteria.CriteriaStore;
import dev.acey.simulation.reference.References;
import dev.acey.simulation.sample.LogSamples;
import dev.acey.simulation.verdict.Evaluation;
import dev.acey.simulation.verdict.Setup;
import dev.acey.simulation.verdict.SimulationResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Runs a simulation: draws its cases if it was not given them, asks models about them, judges them
 * batch by batch, and sums up. Resumed, it finds its cases and the answers stored, and goes on
 * after the last batch that was judged; what is done twice comes out the same.
 */
@ApplicationScoped
public class SimulationJob implements JobHandler {

    public static final String KIND = "simulate";

    private final CaseStore cases;
    private final AskStore asks;
    private final LogSamples samples;
    private final CaseAsking asking;
    private final CaseJudging judging;
    private final CriteriaStore criteria;
    private final References references;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final MeterRegistry meters;

    SimulationJob(
            CaseStore cases,
            AskStore asks,
            LogSamples samples,
            CaseAsking asking,
            CaseJudging judging,
            CriteriaStore criteria,
            References references,
            ObjectMapper json,
            Vertx vertx,
            MeterRegistry meters) {
        this.cases = cases;
        this.asks = asks;
        this.samples = samples;
        this.asking = asking;
        this.judging = judging;
        this.criteria = criteria;
        this.references = references;
        this.json = json;
        this.vertx = vertx;
        this.meters = meters;
    }

    /**
     * Where a run goes on from, once nothing more is asked: an answer that came later would not
     * have been judged.
     *
     * @param judged cases before this position are
     * @param spent the budget that ended before all was asked; null where none did
     */
    @RegisterForReflection
    record Checkpoint(@JsonProperty("judged") Integer judged, @JsonProperty("spent") String spent) {

        /** Whether models may still be asked. */
        boolean open() {
            return judged == null;
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JsonNode> run(JobRun run) {
        UUID simulation = UUID.fromString(run.job().name());
        return Uni.createFrom()
                .item(() -> read(run.job().config(), SimulationOrder.class))
                .chain(
                        order ->
                                draw(simulation, order)
                                        .chain(total -> run(run, simulation, order, total)));
    }

    private Uni<JsonNode> run(JobRun run, UUID simulation, SimulationOrder order, int total) {
        Pace pace = new Pace(run, total, CaseAsking.phases(order.config()) + 1);
        return asked(run, simulation, order, pace)
                .chain(
                        from ->
                                judging.all(run, simulation, order, from, pace)
                                        .chain(() -> evaluate(run, simulation, order, from)));
    }

    /** How many cases there are, drawn now where that has not happened yet. */
    private Uni<Integer> draw(UUID simulation, SimulationOrder order) {
        return cases.count(simulation)
                .chain(
                        there ->
                                there > 0 || order.select() == null
                                        ? Uni.createFrom().item(there)
                                        : cases.storeOnce(
                                                simulation,
                                                samples.draw(
                                                        order.select(),
                                                        order.config().baselineModel())));
    }

    /** Asks, unless a run before has begun to judge. */
    private Uni<Checkpoint> asked(JobRun run, UUID simulation, SimulationOrder order, Pace pace) {
        Checkpoint before =
                run.job().checkpoint() == null
                        ? new Checkpoint(null, null)
                        : read(run.job().checkpoint(), Checkpoint.class);
        if (!before.open()) {
            return pace.skip(CaseAsking.phases(order.config())).replaceWith(before);
        }
        return asking.all(run, simulation, order, pace)
                .map(spent -> new Checkpoint(0, spent.orElse(null)))
                .call(after -> run.checkpoint(json.valueToTree(after)));
    }

    private Uni<JsonNode> evaluate(
            JobRun run, UUID simulation, SimulationOrder order, Checkpoint from) {
        SimulationConfig config = order.config();
        return asks.used(simulation)
                .chain(
                        used ->
                                criteria.decided()
                                        .map(
                                                decided ->
                                                        new Setup(
                                                                config.autoRules(),
                                                                config.seed(),
                                                                config.candidateModel(),
                                                                config.judgeModel(),
                                                                used,
                                                                from.spent(),
                                                                decided)))
                .chain(setup -> evaluate(run, simulation, new Evaluation(setup)));
    }

    private Uni<JsonNode> evaluate(JobRun run, UUID simulation, Evaluation evaluation) {
        return judging.batches(simulation, 0)
                .onItem()
                .transformToUniAndConcatenate(
                        batch ->
                                vertx.executeBlocking(
                                        () -> {
                                            batch.forEach(
                                                    one ->
                                                            evaluation.add(
                                                                    one.toCase(json),
                                                                    one.toResult(json)));
                                            return evaluation;
                                        },
                                        false))
                .collect()
                .last()
                .chain(() -> references.of(evaluation.taskTypes()))
                .map(evaluation::against)
                .chain(all -> vertx.executeBlocking(() -> all.result(run::cancelled), false))
                .invoke(this::count)
                .map(result -> (JsonNode) json.valueToTree(result));
    }

    private void count(SimulationResult result) {
        meters.counter("acey.simulations", "verdict", result.verdict().json()).increment();
    }

    private <T> T read(JsonNode stored, Class<T> type) {
        try {
            return json.treeToValue(stored, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored simulation is unreadable", e);
        }
    }
}
