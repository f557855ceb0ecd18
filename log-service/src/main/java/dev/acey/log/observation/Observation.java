package dev.acey.log.observation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A call of a rollout, or feedback on one, as it was when it came in.
 *
 * @param kind call or feedback
 * @param id of the entry
 * @param stage counted from 0
 * @param variant the arm that was assigned
 * @param at when the call was made, or the feedback given
 * @param servedBy of a call: the arm that answered
 * @param keyHash of a call: keyed hash of the stickiness key, null without one
 * @param failed of a call
 * @param decision of a call: what the rules or the caller decided; null where it failed
 * @param responseTime of a call: milliseconds
 * @param confidence of a call
 * @param metric of feedback: what it is about
 * @param score of feedback: within 0 and 1
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Observation(
        String kind,
        UUID id,
        String rolloutId,
        Integer stage,
        String variant,
        String environment,
        Instant at,
        String servedBy,
        String keyHash,
        Boolean failed,
        String decision,
        Double responseTime,
        Double confidence,
        String metric,
        Double score) {

    static Observation of(Row row) {
        return new Observation(
                row.getBoolean("failed") == null ? "feedback" : "call",
                row.getUUID("id"),
                row.getString("rollout_id"),
                row.getInteger("stage"),
                row.getString("variant"),
                row.getString("environment"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("served_by"),
                row.getString("key_hash"),
                row.getBoolean("failed"),
                row.getString("decision"),
                row.getDouble("response_time"),
                row.getDouble("confidence"),
                row.getString("metric"),
                row.getDouble("score"));
    }
}
