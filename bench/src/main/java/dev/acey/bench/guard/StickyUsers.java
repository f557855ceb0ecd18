package dev.acey.bench.guard;

import dev.acey.rollout.guard.GuardedStage;
import dev.acey.rollout.guard.count.Arm;
import dev.acey.rollout.guard.count.CountedKey;
import dev.acey.rollout.guard.count.KeyCount;
import dev.acey.rollout.guard.count.Observation;
import dev.acey.rollout.guard.count.ReducedTick;
import dev.acey.rollout.guard.count.TickCounts;
import dev.acey.rollout.guard.count.TickReduction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Users who always meet the same arm and differ: a few call far more often than most, and two
 * thirds of what goes wrong goes wrong for one user in fifty, whoever answers.
 */
final class StickyUsers implements Traffic {

    private static final int UNLUCKY = 50;
    private static final double MOST = 0.9;

    private final Rates baseline;
    private final Rates candidate;
    private final boolean keyed;
    private final SplittableRandom random;
    private final int[] buckets;
    private final Map<CountedKey, KeyCount> known = new HashMap<>();

    /**
     * @param keyed whether the guard is told of keys; without them it takes all calls for
     *     independent
     */
    StickyUsers(
            int users, Rates baseline, Rates candidate, boolean keyed, SplittableRandom random) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.keyed = keyed;
        this.random = random;
        buckets = random.ints(users, 0, TickCounts.WHOLE).toArray();
    }

    @Override
    public TickCounts next(GuardedStage stage, int tick) {
        Instant start = Instant.ofEpochSecond(10L * tick);
        List<Observation> calls = new ArrayList<>(CALLS);
        for (int i = 0; i < CALLS; i++) {
            calls.add(call(stage, start.plusMillis(i)));
        }
        ReducedTick reduced =
                TickReduction.reduce(
                        start,
                        stage.number(),
                        stage.kind(),
                        stage.weight(),
                        calls,
                        List.of(),
                        known,
                        0);
        known.putAll(reduced.keys());
        return reduced.counts();
    }

    private Observation call(GuardedStage stage, Instant at) {
        // Half of all calls come from a twentieth of the users.
        int user =
                random.nextBoolean()
                        ? random.nextInt(buckets.length / 20)
                        : random.nextInt(buckets.length);
        Arm arm = buckets[user] < stage.weight() ? Arm.CANDIDATE : Arm.BASELINE;
        Rates rates = arm == Arm.CANDIDATE ? candidate : baseline;
        return new Observation(
                new UUID(at.toEpochMilli(), user),
                at,
                arm,
                keyed ? "user-" + user : null,
                happens(user, 0, rates.error()),
                happens(user, 7, rates.rejection()),
                happens(user, 13, rates.slow()),
                Math.min(1, Math.max(0, rates.confidence() + 0.3 * (user % 11 / 10.0 - 0.5))));
    }

    private boolean happens(int user, int trait, double rate) {
        boolean unlucky = user % UNLUCKY == trait;
        double excess = Math.min(MOST, 2 * rate / 3 * UNLUCKY);
        double rest = (rate - excess / UNLUCKY) / (1 - 1.0 / UNLUCKY);
        return random.nextDouble() < (unlucky ? excess : rest);
    }
}
