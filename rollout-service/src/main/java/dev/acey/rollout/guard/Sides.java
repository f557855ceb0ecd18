package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.TickCounts;
import dev.acey.rollout.guard.evalue.RateBlock;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Both arms' totals over the same time. */
@RegisterForReflection
public record Sides(Totals baseline, Totals candidate) {

    static final Sides NONE = new Sides(Totals.NONE, Totals.NONE);

    Sides plus(TickCounts tick) {
        return new Sides(baseline.plus(tick.baseline()), candidate.plus(tick.candidate()));
    }

    Sides withoutCalls() {
        return new Sides(baseline.withoutCalls(), candidate.withoutCalls());
    }

    Sides withoutFeedback() {
        return new Sides(baseline.withoutFeedback(), candidate.withoutFeedback());
    }

    /** The metric's share in both arms. */
    RateBlock of(Metric metric) {
        return new RateBlock(
                baseline.samples(metric),
                baseline.events(metric),
                candidate.samples(metric),
                candidate.events(metric));
    }
}
