package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.TickReduction;
import dev.acey.rollout.guard.evalue.MeanEvidence;
import dev.acey.rollout.guard.evalue.RateEvidence;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What all closed blocks of a rollout say about harm, metric by metric. */
@RegisterForReflection
public record Evidence(
        RateEvidence error,
        RateEvidence rejection,
        RateEvidence slow,
        RateEvidence inaccuracy,
        MeanEvidence confidence) {

    static final Evidence NONE =
            new Evidence(
                    RateEvidence.NONE,
                    RateEvidence.NONE,
                    RateEvidence.NONE,
                    RateEvidence.NONE,
                    MeanEvidence.NONE);

    Evidence withCalls(Sides block, History history, Tolerances tolerances, boolean live) {
        return new Evidence(
                plus(Metric.ERROR, block, history, tolerances, live),
                plus(Metric.REJECTION, block, history, tolerances, live),
                plus(Metric.SLOW, block, history, tolerances, live),
                inaccuracy,
                confidence);
    }

    Evidence withFeedback(Sides block, History history, Tolerances tolerances, boolean live) {
        return new Evidence(
                error,
                rejection,
                slow,
                plus(Metric.INACCURACY, block, history, tolerances, live),
                confidence);
    }

    Evidence withConfidences(OpenBlocks block, Tolerances tolerances, boolean live) {
        double tolerance = tolerances.of(Metric.CONFIDENCE);
        return new Evidence(
                error,
                rejection,
                slow,
                inaccuracy,
                confidence.plus(
                        block.baseline(),
                        block.candidate(),
                        TickReduction.WHOLE_CONFIDENCE,
                        tolerance * GuardSettings.HARM_MARGIN,
                        tolerance,
                        live));
    }

    double lnHarm(Metric metric) {
        return metric == Metric.CONFIDENCE ? confidence.lnHarm() : rate(metric).lnHarm();
    }

    double lnNoHarm(Metric metric) {
        return metric == Metric.CONFIDENCE ? confidence.lnNoHarm() : rate(metric).lnNoHarm();
    }

    /** The rate to expect of the baseline: its own before the rollout and in earlier blocks. */
    private RateEvidence plus(
            Metric metric, Sides block, History history, Tolerances tolerances, boolean live) {
        RateEvidence before = rate(metric);
        double expected =
                (history.events(metric) + before.baselineEvents() + 0.5)
                        / (history.trials(metric) + before.baseline() + 1.0);
        double tolerance = tolerances.of(metric);
        return before.plus(
                block.of(metric), expected, tolerance * GuardSettings.HARM_MARGIN, tolerance, live);
    }

    private RateEvidence rate(Metric metric) {
        return switch (metric) {
            case ERROR -> error;
            case REJECTION -> rejection;
            case SLOW -> slow;
            case INACCURACY -> inaccuracy;
            case CONFIDENCE -> throw new IllegalArgumentException("confidence is not a share");
        };
    }
}
