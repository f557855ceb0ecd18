package dev.acey.rollout.guard;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One metric over the rollout so far.
 *
 * @param assurance how far promotion can rely on it
 * @param baselineSamples what the baseline's figure is of
 * @param baseline a share or a mean; null without samples
 * @param candidateSamples what the candidate's figure is of
 * @param candidate a share or a mean; null without samples
 * @param tolerance how much worse the candidate may be
 * @param lnHarm natural logarithm of the evidence that the candidate is worse than a quarter of the
 *     tolerance
 * @param lnNoHarm of the evidence that it is not worse than the tolerance
 * @param lnLimit of the evidence that the candidate is over the absolute limit; null without one
 */
@RegisterForReflection
public record MetricFigures(
        Metric metric,
        Assurance assurance,
        long baselineSamples,
        Double baseline,
        long candidateSamples,
        Double candidate,
        double tolerance,
        double lnHarm,
        double lnNoHarm,
        Double lnLimit) {}
