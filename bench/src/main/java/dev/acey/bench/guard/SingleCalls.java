package dev.acey.bench.guard;

import dev.acey.rollout.guard.GuardedStage;
import dev.acey.rollout.guard.count.ArmCounts;
import dev.acey.rollout.guard.count.TickCounts;
import dev.acey.rollout.guard.count.TickReduction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Calls that know nothing of one another, each with a key of its own. */
final class SingleCalls implements Traffic {

    private static final double SCATTER = 0.15;

    private final Weather weather;
    private final double feedback;
    private final double skew;
    private final SplittableRandom random;

    /**
     * @param feedback the share of calls that get feedback
     * @param skew how many times its weight the candidate really gets
     */
    SingleCalls(Weather weather, double feedback, double skew, SplittableRandom random) {
        this.weather = weather;
        this.feedback = feedback;
        this.skew = skew;
        this.random = random;
    }

    @Override
    public TickCounts next(GuardedStage stage, int tick) {
        int candidates = binomial(CALLS, skew * stage.weight() / TickCounts.WHOLE);
        return new TickCounts(
                Instant.ofEpochSecond(10L * tick),
                stage.number(),
                stage.kind(),
                stage.weight(),
                calls(CALLS - candidates, weather.baseline(stage.number(), tick)),
                calls(candidates, weather.candidate(stage.number(), tick)),
                0);
    }

    private ArmCounts calls(int calls, Rates rates) {
        List<Integer> confidences = new ArrayList<>(calls);
        for (int i = 0; i < calls; i++) {
            double value = rates.confidence() + SCATTER * random.nextGaussian();
            confidences.add(
                    (int)
                            Math.rint(
                                    Math.min(1, Math.max(0, value))
                                            * TickReduction.WHOLE_CONFIDENCE));
        }
        int feedbacks = binomial(calls, feedback);
        return new ArmCounts(
                calls,
                binomial(calls, rates.error()),
                binomial(calls, rates.rejection()),
                binomial(calls, rates.slow()),
                confidences,
                feedbacks,
                feedbacks - binomial(feedbacks, rates.inaccuracy()),
                calls,
                calls,
                0);
    }

    private int binomial(int trials, double share) {
        int events = 0;
        for (int i = 0; i < trials; i++) {
            if (random.nextDouble() < share) {
                events++;
            }
        }
        return events;
    }
}
