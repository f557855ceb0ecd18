package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.ArmCounts;
import dev.acey.rollout.guard.evalue.LimitEvidence;
import dev.acey.rollout.guard.evalue.LogMath;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What the candidate's calls say about its absolute limits. */
@RegisterForReflection
public record LimitsEvidence(LimitEvidence error, LimitEvidence rejection, LimitEvidence slow) {

    static final List<Metric> METRICS = List.of(Metric.ERROR, Metric.REJECTION, Metric.SLOW);

    static final LimitsEvidence NONE =
            new LimitsEvidence(LimitEvidence.NONE, LimitEvidence.NONE, LimitEvidence.NONE);

    LimitsEvidence plus(ArmCounts candidate, Limits limits) {
        int calls = candidate.requests();
        return new LimitsEvidence(
                error.plus(calls, candidate.errors(), limits.error()),
                rejection.plus(calls, candidate.rejections(), limits.rejection()),
                slow.plus(calls, candidate.slow(), limits.slow()));
    }

    LimitsEvidence nextStage() {
        return new LimitsEvidence(error.nextStage(), rejection.nextStage(), slow.nextStage());
    }

    /** ln of the mean evidence that some limit is passed. */
    double lnMean() {
        return LogMath.lnMean(
                List.of(error.lnEvidence(), rejection.lnEvidence(), slow.lnEvidence()));
    }

    /** ln of the evidence that the metric's limit is passed; null where there is no limit. */
    Double ln(Metric metric) {
        return switch (metric) {
            case ERROR -> error.lnEvidence();
            case REJECTION -> rejection.lnEvidence();
            case SLOW -> slow.lnEvidence();
            case INACCURACY, CONFIDENCE -> null;
        };
    }
}
