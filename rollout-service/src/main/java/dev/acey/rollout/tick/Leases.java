package dev.acey.rollout.tick;

import dev.acey.rollout.staged.Watching;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Who watches which rollout, and what was read from the feed for it. Leases go by the database's
 * clock, the one all replicas share.
 */
@Singleton
class Leases {

    private static final String HELD = "lease_until = now() + interval '30 seconds'";

    private static final String BEGIN =
            """
            INSERT INTO rollout_watch (rollout_id, due_at)
            SELECT id, $1 FROM rollout r WHERE ended_at IS NULL
              AND NOT EXISTS (SELECT FROM rollout_watch w WHERE w.rollout_id = r.id)
            ON CONFLICT DO NOTHING
            """;

    private static final String CLAIM =
            """
            WITH due AS MATERIALIZED (
              SELECT w.rollout_id FROM rollout_watch w JOIN rollout r ON r.id = w.rollout_id
              WHERE r.ended_at IS NULL AND w.due_at <= $1
                AND (w.lease_until IS NULL OR w.lease_until < now())
              ORDER BY w.due_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED)
            UPDATE rollout_watch w SET fence = fence + 1, %s FROM due
            WHERE w.rollout_id = due.rollout_id RETURNING w.rollout_id, w.fence, w.position
            """
                    .formatted(HELD);

    private static final String MOVE =
            "UPDATE rollout_watch SET position = $3, "
                    + HELD
                    + " WHERE rollout_id = $1 AND fence = $2 AND position IS NOT DISTINCT FROM $4";

    private static final String KEEP =
            """
            INSERT INTO rollout_observation (rollout_id, id, at, stage, candidate, shadow, key_hash,
              failed, rejected, slow, confidence, positive)
            SELECT $1, * FROM unnest($2::uuid[], $3::timestamptz[], $4::int[], $5::bool[],
              $6::bool[], $7::text[], $8::bool[], $9::bool[], $10::bool[], $11::float8[],
              $12::bool[])
            """;

    private static final String LET_GO =
            "UPDATE rollout_watch SET lease_until = NULL, due_at = $3"
                    + " WHERE rollout_id = $1 AND fence = $2";

    private final Pool pool;

    Leases(Pool pool) {
        this.pool = pool;
    }

    /** Takes the rollout that is due for longest, if any is; two replicas never get the same. */
    Uni<Optional<Lease>> claim(Instant now) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(time(now)))
                .chain(() -> pool.preparedQuery(CLAIM).execute(Tuple.of(time(now))))
                .map(Leases::lease);
    }

    /** Keeps a page of the feed for its ticks, with the place behind it, in one transaction. */
    Uni<Lease> keep(Lease lease, Observed.Page page, Watching watching) {
        List<Observed> counting = page.observations().stream().filter(Observed::counts).toList();
        return pool.withTransaction(tx -> move(tx, lease, page.next(), counting, watching))
                .replaceWith(new Lease(lease.rollout(), lease.fence(), page.next()));
    }

    /** Lets go until then. */
    Uni<Void> letGo(Lease lease, Instant until) {
        return pool.preparedQuery(LET_GO)
                .execute(Tuple.of(lease.rollout(), lease.fence(), time(until)))
                .replaceWithVoid();
    }

    private static Uni<Void> move(
            SqlConnection tx,
            Lease lease,
            String next,
            List<Observed> counting,
            Watching watching) {
        return tx.preparedQuery(MOVE)
                .execute(Tuple.of(lease.rollout(), lease.fence(), next, lease.place()))
                .invoke(
                        moved -> {
                            if (moved.rowCount() == 0) {
                                throw new LostLease(lease);
                            }
                        })
                .chain(
                        () ->
                                counting.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : tx.preparedQuery(KEEP)
                                                .execute(columns(lease, counting, watching))
                                                .replaceWithVoid());
    }

    private static Tuple columns(Lease lease, List<Observed> all, Watching watching) {
        return Tuple.of(lease.rollout())
                .addArrayOfUUID(column(all, UUID[]::new, Observed::id))
                .addArrayOfOffsetDateTime(column(all, OffsetDateTime[]::new, o -> time(o.at())))
                .addArrayOfInteger(column(all, Integer[]::new, Observed::stage))
                .addArrayOfBoolean(column(all, Boolean[]::new, Observed::isCandidate))
                .addArrayOfBoolean(column(all, Boolean[]::new, Observed::isShadow))
                .addArrayOfString(column(all, String[]::new, Observed::keyHash))
                .addArrayOfBoolean(column(all, Boolean[]::new, Observed::error))
                .addArrayOfBoolean(column(all, Boolean[]::new, Observed::rejected))
                .addArrayOfBoolean(column(all, Boolean[]::new, o -> o.slow(watching)))
                .addArrayOfDouble(column(all, Double[]::new, Observed::ownConfidence))
                .addArrayOfBoolean(column(all, Boolean[]::new, Observed::positive));
    }

    private static <T> T[] column(
            List<Observed> all, IntFunction<T[]> array, Function<Observed, T> value) {
        return all.stream().map(value).toArray(array);
    }

    private static Optional<Lease> lease(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(
                    new Lease(
                            row.getUUID("rollout_id"),
                            row.getLong("fence"),
                            row.getString("position")));
        }
        return Optional.empty();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
