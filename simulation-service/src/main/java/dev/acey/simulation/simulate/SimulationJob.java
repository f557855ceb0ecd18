package dev.acey.simulation.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.job.JobHandler;
import dev.acey.kit.job.JobRun;
import dev.acey.rules.RuleSet;
import dev.acey.simulation.cases.CaseStore;
import dev.acey.simulation.cases.StoredCase;
import dev.acey.simulation.reference.References;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseJudge;
import dev.acey.simulation.rules.RuleSets;
import dev.acey.simulation.sample.LogSamples;
import dev.acey.simulation.sample.Selection;
import dev.acey.simulation.verdict.Evaluation;
import dev.acey.simulation.verdict.SimulationResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a simulation: draws its cases if it was not given them, judges them batch by batch, and sums
 * up. Resumed, it finds its cases stored and goes on after the last batch that was recorded; what
 * is done twice comes out the same.
 */
@ApplicationScoped
public class SimulationJob implements JobHandler {

    public static final String KIND = "simulate";

    private static final String JUDGED = "judged";
    private static final int BATCH = 50;

    private final CaseStore cases;
    private final LogSamples samples;
    private final RuleSets sets;
    private final References references;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final MeterRegistry meters;

    SimulationJob(
            CaseStore cases,
            LogSamples samples,
            RuleSets sets,
            References references,
            ObjectMapper json,
            Vertx vertx,
            MeterRegistry meters) {
        this.cases = cases;
        this.samples = samples;
        this.sets = sets;
        this.references = references;
        this.json = json;
        this.vertx = vertx;
        this.meters = meters;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JsonNode> run(JobRun run) {
        UUID simulation = UUID.fromString(run.job().name());
        return Uni.createFrom()
                .item(() -> order(run.job().config()))
                .chain(
                        order ->
                                draw(simulation, order.select())
                                        .chain(total -> judge(run, simulation, order, total))
                                        .chain(() -> evaluate(run, simulation, order)));
    }

    private SimulationOrder order(JsonNode config) {
        try {
            return json.treeToValue(config, SimulationOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored simulation holds an unreadable order", e);
        }
    }

    /** How many cases there are, drawn now where that has not happened yet. */
    private Uni<Integer> draw(UUID simulation, Selection selection) {
        return cases.count(simulation)
                .chain(
                        there ->
                                there > 0 || selection == null
                                        ? Uni.createFrom().item(there)
                                        : samples.draw(selection)
                                                .chain(
                                                        drawn ->
                                                                cases.storeOnce(
                                                                        simulation, drawn)));
    }

    private Uni<Void> judge(JobRun run, UUID simulation, SimulationOrder order, int total) {
        JsonNode checkpoint = run.job().checkpoint();
        int from = checkpoint == null ? 0 : checkpoint.path(JUDGED).asInt();
        return run.progress(from, total)
                .chain(() -> judge(order))
                .chain(
                        judge ->
                                batches(simulation, from)
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                                batch ->
                                                        judge(run, simulation, judge, batch, total))
                                        .collect()
                                        .last())
                .replaceWithVoid();
    }

    /** The rules that were chosen, and those active, when the simulation was asked for. */
    private Uni<CaseJudge> judge(SimulationOrder order) {
        SimulationConfig config = order.config();
        Uni<Optional<RuleSet>> chosen =
                config.ruleSet() == null
                        ? Uni.createFrom().item(Optional.empty())
                        : sets.named("/config/ruleSet", config.ruleSet()).map(Optional::of);
        return sets.named("/activeRuleSet", order.activeRuleSet())
                .chain(
                        fallback ->
                                chosen.map(
                                        set ->
                                                new CaseJudge(
                                                        set.orElse(null),
                                                        fallback,
                                                        config.autoRules())));
    }

    private Uni<Void> judge(
            JobRun run, UUID simulation, CaseJudge judge, List<StoredCase> batch, int total) {
        List<Integer> positions = batch.stream().map(StoredCase::position).toList();
        int done = positions.get(positions.size() - 1) + 1;
        return vertx.executeBlocking(() -> read(batch), false)
                .chain(read -> results(judge, read))
                .chain(results -> cases.record(simulation, positions, results))
                .invoke(() -> meters.counter("acey.simulation.cases").increment(batch.size()))
                .chain(() -> run.checkpoint(json.createObjectNode().put(JUDGED, done)))
                .chain(() -> run.progress(done, total));
    }

    private List<Case> read(List<StoredCase> batch) {
        return batch.stream().map(one -> one.toCase(json)).toList();
    }

    /** Waits for the sets that judged these cases live; the job is tried again without them. */
    private Uni<List<Buffer>> results(CaseJudge judge, List<Case> batch) {
        return sets.find(judge.needed(batch))
                .chain(known -> vertx.executeBlocking(() -> results(judge, batch, known), false));
    }

    private List<Buffer> results(CaseJudge judge, List<Case> batch, Map<String, RuleSet> known)
            throws JsonProcessingException {
        List<Buffer> results = new ArrayList<>(batch.size());
        for (Case one : batch) {
            results.add(Buffer.buffer(json.writeValueAsBytes(judge.judge(one, known))));
        }
        return results;
    }

    private Uni<JsonNode> evaluate(JobRun run, UUID simulation, SimulationOrder order) {
        Evaluation evaluation = new Evaluation(order.config().autoRules(), order.config().seed());
        return batches(simulation, 0)
                .onItem()
                .transformToUniAndConcatenate(
                        batch -> vertx.executeBlocking(() -> add(evaluation, batch), false))
                .collect()
                .last()
                .chain(() -> references.of(evaluation.taskTypes()))
                .map(evaluation::against)
                .chain(all -> vertx.executeBlocking(() -> all.result(run::cancelled), false))
                .invoke(this::count)
                .map(result -> (JsonNode) json.valueToTree(result));
    }

    private Evaluation add(Evaluation evaluation, List<StoredCase> batch) {
        batch.forEach(one -> evaluation.add(one.toCase(json), one.toResult(json)));
        return evaluation;
    }

    private void count(SimulationResult result) {
        meters.counter("acey.simulations", "verdict", result.verdict().json()).increment();
    }

    /** A simulation's cases from a position on; the next batch is read when it is wanted. */
    private Multi<List<StoredCase>> batches(UUID simulation, int from) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicInteger(from),
                        next ->
                                cases.page(simulation, next.get(), BATCH)
                                        .invoke(batch -> next.addAndGet(batch.size())))
                .whilst(batch -> batch.size() == BATCH)
                .select()
                .where(batch -> !batch.isEmpty());
    }
}
