package dev.acey.rollout.guard;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the guard says, and the numbers that made it. Evidence is written as its natural logarithm,
 * because it grows without bound.
 *
 * @param verdict what to do
 * @param reasons sentences with the numbers that decided
 * @param metrics all of them, in their order
 * @param lnHarm the mean of the metrics' evidence of harm
 * @param lnLimits the mean of the evidence that the candidate is over its absolute limits
 * @param lnSampleRatio the Bayes factor against the configured split of keys
 * @param samples the candidate's counted calls in this stage
 * @param keys and their distinct keys
 */
@RegisterForReflection
public record GuardVerdict(
        Action verdict,
        List<String> reasons,
        List<MetricFigures> metrics,
        double lnHarm,
        double lnLimits,
        double lnSampleRatio,
        long samples,
        long keys) {

    public GuardVerdict {
        reasons = List.copyOf(reasons);
        metrics = List.copyOf(metrics);
    }
}
