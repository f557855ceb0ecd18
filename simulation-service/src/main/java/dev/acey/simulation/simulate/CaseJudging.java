package dev.acey.simulation.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.job.JobRun;
import dev.acey.rules.RuleSet;
import dev.acey.simulation.cases.CaseStore;
import dev.acey.simulation.cases.StoredCase;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseJudge;
import dev.acey.simulation.rules.RuleSets;
import dev.acey.simulation.simulate.SimulationJob.Checkpoint;
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

/** The phase of a simulation in which the rules judge, batch by batch. */
@ApplicationScoped
class CaseJudging {

    private static final int BATCH = 50;

    private final CaseStore cases;
    private final RuleSets sets;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final MeterRegistry meters;

    CaseJudging(
            CaseStore cases, RuleSets sets, ObjectMapper json, Vertx vertx, MeterRegistry meters) {
        this.cases = cases;
        this.sets = sets;
        this.json = json;
        this.vertx = vertx;
        this.meters = meters;
    }

    /** Judges the cases from a checkpoint on, and records what comes of each. */
    Uni<Void> all(JobRun run, UUID simulation, SimulationOrder order, Checkpoint from, Pace pace) {
        return pace.begin(from.judged())
                .chain(() -> judge(order))
                .chain(
                        judge ->
                                batches(simulation, from.judged())
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                                batch ->
                                                        judge(
                                                                run,
                                                                simulation,
                                                                judge,
                                                                from,
                                                                batch,
                                                                pace))
                                        .collect()
                                        .last())
                .replaceWithVoid();
    }

    /** A simulation's cases from a position on; the next batch is read when it is wanted. */
    Multi<List<StoredCase>> batches(UUID simulation, int from) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicInteger(from),
                        next ->
                                cases.page(simulation, next.get(), BATCH)
                                        .invoke(batch -> next.set(StoredCase.after(batch))))
                .whilst(batch -> batch.size() == BATCH)
                .select()
                .where(batch -> !batch.isEmpty());
    }

    /** The rules that were chosen, and those active, when the simulation was asked for. */
    private Uni<CaseJudge> judge(SimulationOrder order) {
        Uni<Optional<RuleSet>> chosen =
                order.chosenRuleSet() == null
                        ? Uni.createFrom().item(Optional.empty())
                        : sets.named("/config/ruleSet", order.chosenRuleSet()).map(Optional::of);
        return sets.named("/activeRuleSet", order.activeRuleSet())
                .chain(
                        fallback ->
                                chosen.map(
                                        set ->
                                                new CaseJudge(
                                                        set.orElse(null),
                                                        fallback,
                                                        order.config().autoRules())));
    }

    private Uni<Void> judge(
            JobRun run,
            UUID simulation,
            CaseJudge judge,
            Checkpoint from,
            List<StoredCase> batch,
            Pace pace) {
        List<Integer> positions = batch.stream().map(StoredCase::position).toList();
        Checkpoint after = new Checkpoint(StoredCase.after(batch), from.spent());
        return vertx.executeBlocking(() -> read(batch), false)
                .chain(read -> results(judge, read))
                .chain(results -> cases.record(simulation, positions, results))
                .invoke(() -> meters.counter("acey.simulation.cases").increment(batch.size()))
                .chain(() -> run.checkpoint(json.valueToTree(after)))
                .chain(() -> pace.did(batch.size()));
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
}
