package dev.acey.rollout.guard.count;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reduces the calls and feedback of one tick to counts. The order they are handed in has no part in
 * the outcome, and neither has what came of a call in whether it counts.
 *
 * <p>Calls of one key are not independent; counting them all raises false alarms. Of each key and
 * arm the first three count. What a tick can hold is bounded as well, because evidence keeps it: an
 * arm's first thousand calls of a tick are far more than a decision needs.
 */
public final class TickReduction {

    /** So many calls of a key count in an arm, in all shadow and in all live stages. */
    public static final int CALLS_PER_KEY = 3;

    /** So many calls of an arm count in a tick; and so much feedback. */
    public static final int CALLS_PER_TICK = 1_000;

    /** So many confidences of an arm are kept of a tick. */
    public static final int CONFIDENCES_PER_TICK = 100;

    /** A confidence of 1: they are kept in ten-thousandths. */
    public static final int WHOLE_CONFIDENCE = 10_000;

    private final int stage;
    private final StageKind kind;
    private final Map<CountedKey, KeyCount> before;
    private final Map<CountedKey, KeyCount> after = new HashMap<>();
    private final Map<Arm, Tally> tallies = new EnumMap<>(Arm.class);

    private TickReduction(int stage, StageKind kind, Map<CountedKey, KeyCount> before) {
        this.stage = stage;
        this.kind = kind;
        this.before = before;
        for (Arm arm : Arm.values()) {
            tallies.put(arm, new Tally());
        }
    }

    /**
     * The counts of one tick, all of whose calls belong to one stage.
     *
     * @param weight of the stage, in basis points
     * @param before what is known of the keys of these calls, for both arms of this kind of stage;
     *     a key that was never seen is not in it
     * @param excluded see {@link TickCounts}
     */
    public static ReducedTick reduce(
            Instant start,
            int stage,
            StageKind kind,
            int weight,
            Collection<Observation> calls,
            Collection<Feedback> feedback,
            Map<CountedKey, KeyCount> before,
            int excluded) {
        TickReduction reduction = new TickReduction(stage, kind, before);
        calls.stream().sorted(Observation.ORDER).forEach(reduction::call);
        feedback.stream()
                .sorted(Feedback.ORDER)
                .forEach(given -> reduction.tallies.get(given.arm()).feedback(given));
        return new ReducedTick(
                new TickCounts(
                        start,
                        stage,
                        kind,
                        weight,
                        reduction.tallies.get(Arm.BASELINE).counts(),
                        reduction.tallies.get(Arm.CANDIDATE).counts(),
                        excluded),
                reduction.after);
    }

    private void call(Observation call) {
        Tally tally = tallies.get(call.arm());
        if (call.keyHash() == null) {
            tally.newKeys++;
            if (tally.hasRoom()) {
                tally.keys++;
                tally.count(call);
            } else {
                tally.uncounted++;
            }
            return;
        }
        if (known(call.keyHash(), Arm.BASELINE) == null
                && known(call.keyHash(), Arm.CANDIDATE) == null) {
            tally.newKeys++;
        }
        CountedKey key = new CountedKey(call.keyHash(), kind, call.arm());
        KeyCount known = known(call.keyHash(), call.arm());
        KeyCount count = known == null ? KeyCount.NONE : known;
        if (count.counted() < CALLS_PER_KEY && tally.hasRoom()) {
            if (count.stage() != stage) {
                tally.keys++;
            }
            count = new KeyCount(count.counted() + 1, stage);
            tally.count(call);
        } else {
            tally.uncounted++;
        }
        after.put(key, count);
    }

    private KeyCount known(String keyHash, Arm arm) {
        CountedKey key = new CountedKey(keyHash, kind, arm);
        KeyCount here = after.get(key);
        return here == null ? before.get(key) : here;
    }

    private static final class Tally {

        private int requests;
        private int errors;
        private int rejections;
        private int slow;
        private final List<Integer> confidences = new ArrayList<>();
        private int feedbacks;
        private int positives;
        private int keys;
        private int newKeys;
        private int uncounted;

        boolean hasRoom() {
            return requests < CALLS_PER_TICK;
        }

        void count(Observation call) {
            requests++;
            errors += call.error() ? 1 : 0;
            rejections += call.rejected() ? 1 : 0;
            slow += call.slow() ? 1 : 0;
            if (call.confidence() != null && confidences.size() < CONFIDENCES_PER_TICK) {
                confidences.add((int) Math.rint(call.confidence() * WHOLE_CONFIDENCE));
            }
        }

        void feedback(Feedback given) {
            if (feedbacks < CALLS_PER_TICK) {
                feedbacks++;
                positives += given.positive() ? 1 : 0;
            }
        }

        ArmCounts counts() {
            return new ArmCounts(
                    requests,
                    errors,
                    rejections,
                    slow,
                    confidences,
                    feedbacks,
                    positives,
                    keys,
                    newKeys,
                    uncounted);
        }
    }
}
