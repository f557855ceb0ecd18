package dev.acey.rollout.tick;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.acey.rollout.guard.count.Arm;
import dev.acey.rollout.guard.count.Feedback;
import dev.acey.rollout.guard.count.Observation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * An observation that waits for its tick, as its row is read.
 *
 * @param at milliseconds since 1970
 * @param positive null of a call
 */
@RegisterForReflection
record Waiting(
        UUID id,
        long at,
        Integer stage,
        boolean candidate,
        boolean shadow,
        String keyHash,
        Boolean failed,
        Boolean rejected,
        Boolean slow,
        Double confidence,
        Boolean positive) {

    /** All of a rollout up to a moment, as a JSON array. */
    static final String READ =
            """
            SELECT CAST(coalesce(json_agg(json_build_object(
              'id', id, 'at', CAST(floor(extract(epoch FROM at) * 1000) AS bigint),
              'stage', stage, 'candidate', candidate, 'shadow', shadow, 'keyHash', key_hash,
              'failed', failed, 'rejected', rejected, 'slow', slow, 'confidence', confidence,
              'positive', positive)), '[]') AS text)
            FROM rollout_observation WHERE rollout_id = CAST(:id AS uuid) AND at < :end
            """;

    static final String FORGET =
            "DELETE FROM rollout_observation WHERE rollout_id = CAST(:id AS uuid) AND at < :end";

    /** Whether it belongs to this stage and did not come too late for a tick that starts then. */
    boolean isOf(int current, boolean shadowStage, Instant start) {
        boolean ofThisKind = shadow == (shadowStage && candidate);
        return stage != null && stage == current && ofThisKind && at >= start.toEpochMilli();
    }

    @JsonIgnore
    boolean isCall() {
        return failed != null;
    }

    Observation call() {
        return new Observation(
                id, Instant.ofEpochMilli(at), arm(), keyHash, failed, rejected, slow, confidence);
    }

    Feedback feedback() {
        return new Feedback(id, arm(), positive);
    }

    private Arm arm() {
        return candidate ? Arm.CANDIDATE : Arm.BASELINE;
    }
}
