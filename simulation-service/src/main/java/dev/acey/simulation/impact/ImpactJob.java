package dev.acey.simulation.impact;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.job.JobHandler;
import dev.acey.kit.job.JobRun;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.RuleStateException;
import dev.acey.simulation.rules.RuleSets;
import dev.acey.simulation.sample.LogPages;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Judges every call of a time again, by another rule set and with the state and at the instant that
 * held live. It reads page by page, one page ahead, and records after some pages how far it is.
 */
@ApplicationScoped
class ImpactJob implements JobHandler {

    static final String KIND = "impact";

    /** A page has up to a thousand calls; what follows a checkpoint is done again after a crash. */
    private static final int PAGES_A_CHECKPOINT = 10;

    private final LogPages pages;
    private final RuleSets sets;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final MeterRegistry meters;

    ImpactJob(LogPages pages, RuleSets sets, ObjectMapper json, Vertx vertx, MeterRegistry meters) {
        this.pages = pages;
        this.sets = sets;
        this.json = json;
        this.vertx = vertx;
        this.meters = meters;
    }

    /** Where a run goes on, and what came before. */
    @RegisterForReflection
    record Checkpoint(@JsonProperty("after") String after, @JsonProperty("impact") Impact impact) {}

    /** One run's state. */
    private static final class Reading {

        private final RuleSet rules;
        private final Impact impact;
        private int pages;

        Reading(RuleSet rules, Impact impact) {
            this.rules = rules;
            this.impact = impact;
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JsonNode> run(JobRun run) {
        ImpactOrder order = read(run.job().config(), ImpactOrder.class);
        Checkpoint from =
                run.job().checkpoint() == null
                        ? new Checkpoint(null, new Impact())
                        : read(run.job().checkpoint(), Checkpoint.class);
        return sets.named("/hash", order.ruleSet())
                .map(rules -> new Reading(rules, from.impact()))
                .call(
                        reading ->
                                pages.after(order.window(), from.after())
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                                page -> judged(run, reading, page))
                                        .collect()
                                        .last())
                .map(reading -> json.valueToTree(reading.impact));
    }

    private Uni<Void> judged(JobRun run, Reading reading, LogPages.Page page) {
        return vertx.executeBlocking(() -> judge(reading, page), false)
                .chain(impact -> run.progress(impact.judged + impact.notReplayable, 0))
                .chain(
                        () ->
                                page.next() != null && ++reading.pages % PAGES_A_CHECKPOINT == 0
                                        ? run.checkpoint(
                                                json.valueToTree(
                                                        new Checkpoint(
                                                                page.next(), reading.impact)))
                                        : Uni.createFrom().voidItem());
    }

    private Impact judge(Reading reading, LogPages.Page page) {
        long before = reading.impact.judged;
        pages.forEach(page, entry -> judge(reading, entry));
        meters.counter("acey.simulation.replayed").increment(reading.impact.judged - before);
        return reading.impact;
    }

    private static void judge(Reading reading, LogEntry entry) {
        if (entry.autoRules() == null || entry.failed()) {
            return;
        }
        if (!entry.autoRules().replayable() || entry.aceyOutput() == null) {
            reading.impact.skip();
            return;
        }
        try {
            RuleState state = RuleState.fromJson(entry.autoRules().state());
            reading.impact.add(
                    entry, reading.rules.judge(entry.aceyOutput(), state, entry.autoRules().at()));
        } catch (RuleStateException e) {
            reading.impact.skip();
        }
    }

    private <T> T read(JsonNode stored, Class<T> type) {
        try {
            return json.treeToValue(stored, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored impact is unreadable", e);
        }
    }
}
