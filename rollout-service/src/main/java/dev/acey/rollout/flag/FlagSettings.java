package dev.acey.rollout.flag;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * The flag of a task.
 *
 * @param candidate the model that is tried, or null
 * @param salt of the buckets; null without a candidate
 * @param weight the candidate's share of the keys, in basis points
 * @param shadowShare the share of the baseline's requests the candidate answers as well, unseen, in
 *     basis points
 * @param rolloutId null outside a rollout
 * @param stage of the rollout, counted from 0; null outside one
 * @param killedAt since when the kill switch holds the task at its baseline; null when it does not
 * @param version counts from 1 and grows with each change; 0 without a flag
 * @param updatedAt null without a flag
 */
@RegisterForReflection
public record FlagSettings(
        String taskType,
        String candidate,
        String salt,
        int weight,
        int shadowShare,
        UUID rolloutId,
        Integer stage,
        Instant killedAt,
        long version,
        Instant updatedAt) {

    /** All of a share, in basis points. */
    public static final int WHOLE = 10_000;

    static FlagSettings of(Flag flag) {
        return new FlagSettings(
                flag.taskType,
                flag.candidate,
                flag.salt,
                flag.weight,
                flag.shadowShare,
                flag.rolloutId,
                flag.stage,
                flag.killedAt,
                flag.version,
                flag.updatedAt);
    }

    static FlagSettings none(String taskType) {
        return new FlagSettings(taskType, null, null, 0, 0, null, null, null, 0, null);
    }

    /** Whether the kill switch holds the task at its baseline. */
    public boolean killed() {
        return killedAt != null;
    }
}
