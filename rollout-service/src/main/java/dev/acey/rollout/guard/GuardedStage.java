package dev.acey.rollout.guard;

import dev.acey.rollout.guard.count.StageKind;
import dev.acey.rollout.guard.count.TickCounts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;

/**
 * What the guard must know of a stage.
 *
 * @param number from 0
 * @param weight in basis points, 1 to 10,000: share of the keys, in a shadow stage of the
 *     baseline's calls
 * @param minSamples the candidate's counted calls in this stage before it can be left; 50 unless
 *     said
 * @param minSeconds its least time; 600 unless said
 * @param maxSeconds the time after which the rollout waits for a person; a day unless said
 * @param needsCertainty whether leaving it means that every key gets the candidate, now or for
 *     good: true for the last stage before 100 %, for 100 % itself and for the last stage of a plan
 */
@RegisterForReflection
public record GuardedStage(
        int number,
        StageKind kind,
        int weight,
        int minSamples,
        long minSeconds,
        long maxSeconds,
        boolean needsCertainty) {

    public static final int MIN_SAMPLES = 50;
    public static final long MIN_SECONDS = 600;
    public static final long MAX_SECONDS = 86_400;

    private static final int MOST_SAMPLES = 1_000_000;
    private static final long MOST_SECONDS = 366L * 86_400;

    public GuardedStage {
        Objects.requireNonNull(kind, "kind");
        if (number < 0) {
            throw new IllegalArgumentException("number must be 0 or more: " + number);
        }
        if (weight < 1 || weight > TickCounts.WHOLE) {
            throw new IllegalArgumentException("weight must be 1 to 10000: " + weight);
        }
        if (minSamples < 1 || minSamples > MOST_SAMPLES) {
            throw new IllegalArgumentException("minSamples must be 1 to 1000000: " + minSamples);
        }
        if (minSeconds < 0 || minSeconds > MOST_SECONDS) {
            throw new IllegalArgumentException("minSeconds must be 0 to a year's: " + minSeconds);
        }
        if (maxSeconds < 1 || maxSeconds < minSeconds || maxSeconds > MOST_SECONDS) {
            throw new IllegalArgumentException(
                    "maxSeconds must be at least minSeconds, and 1 to a year's: " + maxSeconds);
        }
    }

    /** Whether there is no baseline left to compare with. */
    boolean takesAll() {
        return kind == StageKind.LIVE && weight == TickCounts.WHOLE;
    }
}
