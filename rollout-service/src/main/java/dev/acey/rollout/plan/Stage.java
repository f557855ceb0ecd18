package dev.acey.rollout.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.acey.rollout.flag.FlagSettings;
import dev.acey.rollout.guard.count.StageKind;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One step of a plan.
 *
 * @param weight 1 to 10,000 basis points: live, of the keys; shadow, of the baseline's requests
 * @param minSamples how many counted requests of the candidate it takes to go on, 1 to 1,000,000
 * @param minSeconds how long it lasts at least, 0 to 2,592,000
 * @param maxSeconds after how long without a verdict it is paused for a person, 1 to 2,592,000, not
 *     below minSeconds
 * @param approval whether a person must let the rollout into it
 */
@RegisterForReflection
public record Stage(
        StageKind kind,
        int weight,
        int minSamples,
        int minSeconds,
        int maxSeconds,
        boolean approval) {

    /** 30 days. */
    public static final int LONGEST = 2_592_000;

    /** More would not be counted within the longest stage of a busy task. */
    public static final int MOST_SAMPLES = 1_000_000;

    /** Enough that harm which matters has shown itself in most cases. */
    public static final int MIN_SAMPLES = 50;

    /** Ten minutes: short spells of trouble are not a stage's whole evidence. */
    public static final int MIN_SECONDS = 600;

    /** A day: what has not been decided then, a person should look at. */
    public static final int MAX_SECONDS = 86_400;

    public Stage {
        if (kind == null) {
            throw new IllegalArgumentException("a stage has a kind");
        }
        within("weight", weight, 1, FlagSettings.WHOLE);
        within("minSamples", minSamples, 1, MOST_SAMPLES);
        within("minSeconds", minSeconds, 0, LONGEST);
        within("maxSeconds", maxSeconds, Math.max(1, minSeconds), LONGEST);
    }

    static Stage shadow(int weight) {
        return new Stage(StageKind.SHADOW, weight, MIN_SAMPLES, MIN_SECONDS, MAX_SECONDS, false);
    }

    static Stage live(int weight) {
        return new Stage(StageKind.LIVE, weight, MIN_SAMPLES, MIN_SECONDS, MAX_SECONDS, false);
    }

    Stage approved() {
        return new Stage(kind, weight, minSamples, minSeconds, maxSeconds, true);
    }

    Stage lasting(int seconds) {
        return new Stage(
                kind, weight, minSamples, seconds, Math.max(seconds, maxSeconds), approval);
    }

    @JsonIgnore
    public boolean isLive() {
        return kind == StageKind.LIVE;
    }

    /** Whether every key has the candidate, so that nothing is left to compare it with. */
    @JsonIgnore
    public boolean isWhole() {
        return isLive() && weight == FlagSettings.WHOLE;
    }

    private static void within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "a stage's " + field + " is " + least + " to " + most + ", not " + value);
        }
    }
}
