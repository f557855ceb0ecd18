package dev.acey.rollout.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.rollout.judge.ChatOutput;
import dev.acey.rollout.judge.Judgement;
import dev.acey.rollout.judge.Judging;
import dev.acey.rollout.model.KnownModel;
import dev.acey.rollout.model.KnownModels;
import dev.acey.rollout.model.Pricing;
import dev.acey.rollout.spool.EntryLine;
import dev.acey.rollout.spool.Spool;
import dev.acey.rollout.spool.SpoolRecord;
import dev.acey.rollout.usage.TokenEstimate;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Puts calls on the record: one entry each, whatever became of it. */
@Singleton
class ChatRecord {

    private final Judging judging;
    private final KnownModels models;
    private final TokenEstimate estimate;
    private final Spool spool;
    private final ObjectMapper json;
    private final Clock clock;
    private final MeterRegistry metrics;

    ChatRecord(
            Judging judging,
            KnownModels models,
            TokenEstimate estimate,
            Spool spool,
            ObjectMapper json,
            Clock clock,
            MeterRegistry metrics) {
        this.judging = judging;
        this.models = models;
        this.estimate = estimate;
        this.spool = spool;
        this.json = json;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** An answer, and what the rules say of it. */
    record Judged(Served served, ChatOutput output, Judgement judgement) {

        ObjectNode delivered() {
            return Delivered.of(served.completion(), output, judgement.verdict());
        }
    }

    /** An answer, and who gave it, now or when it was asked the same before. */
    record Served(ObjectNode completion, String servedBy, String model, boolean fromCache) {}

    /** Judges an answer, on a worker thread; completes when it is on the record. */
    Uni<Judged> answered(ChatCall call, Served served) {
        JsonNode message = served.completion().path("choices").path(0).path("message");
        return Uni.createFrom()
                .item(() -> ChatOutput.of(message, json))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(output -> judged(call, served, output));
    }

    private Uni<Judged> judged(ChatCall call, Served served, ChatOutput output) {
        Pricing pricing = models.find(served.model()).map(KnownModel::pricing).orElse(null);
        return estimate.said(call.request().body().get("messages"), served.completion())
                .flatMap(
                        usage -> {
                            LogEntry entry =
                                    call.answered(
                                            served,
                                            output,
                                            usage,
                                            usage.cost(pricing),
                                            clock.instant(),
                                            json);
                            return call.isShadow()
                                    ? judging.judgeAside(entry)
                                    : judging.judge(entry, size(call, output));
                        })
                .map(judgement -> new Judged(served, output, judgement))
                .invoke(judged -> count(call, judged.judgement().verdict().decision().json()));
    }

    /** It matters only where calls of one channel wait together. */
    private static long size(ChatCall call, ChatOutput output) {
        return call.request().channel() == null ? 0 : output.acey().toString().length();
    }

    /** Records a call that got no answer. */
    Uni<Void> failed(ChatCall call, String type, String message) {
        LogEntry entry = call.failed(type, message, clock.instant(), json);
        count(call, type);
        return spool.append(List.of(SpoolRecord.entry(call.id(), EntryLine.fitting(entry, json))));
    }

    /** Records that an answer is about to begin: if this process dies, it was interrupted. */
    Uni<Void> started(ChatCall call) {
        LogEntry entry =
                call.failed(
                        "interrupted",
                        "The service ended before the answer did.",
                        clock.instant(),
                        json);
        return spool.append(
                List.of(SpoolRecord.started(call.id(), EntryLine.fitting(entry, json))));
    }

    private void count(ChatCall call, String outcome) {
        metrics.counter(
                        "acey.live.calls",
                        "variant",
                        call.isShadow() ? "shadow" : call.route().variant(),
                        "outcome",
                        outcome)
                .increment();
    }
}
