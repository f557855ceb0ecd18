package dev.acey.rollout.tick;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.guard.count.TickCounts;
import dev.acey.rollout.stored.JsonText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code rollout_tick}: what the guard saw and said. */
@Singleton
public class TickRows {

    private static final int PAGE = 500;

    private static final String NEXT =
            """
            SELECT tick, since, counts, verdict FROM rollout_tick
            WHERE rollout_id = $1 AND tick > $2 AND tick <= $3 ORDER BY tick LIMIT $4
            """;

    private static final String WRITE =
            """
            INSERT INTO rollout_tick (rollout_id, tick, since, counts, verdict)
            VALUES (CAST(:id AS uuid), :tick, :since, :counts, :verdict)
            """;

    private final Pool pool;

    TickRows(Pool pool) {
        this.pool = pool;
    }

    /**
     * A tick that was closed.
     *
     * @param since when the stage's time began
     * @param counts the guard's {@code TickCounts}, as JSON
     * @param verdict the guard's {@code GuardVerdict}, as JSON
     */
    public record TickRow(long tick, Instant since, String counts, String verdict) {}

    /** Keeps a tick, within the caller's transaction. */
    static Uni<Integer> write(
            Mutiny.Session session,
            StoredWatch watch,
            long tick,
            TickCounts counts,
            JsonNode verdict) {
        return session.createNativeQuery(WRITE)
                .setParameter("id", watch.rolloutId.toString())
                .setParameter("tick", tick)
                .setParameter("since", watch.since)
                .setParameter("counts", JsonText.write(counts))
                .setParameter("verdict", JsonText.write(verdict))
                .executeUpdate();
    }

    /** The last tick there is now; -1 without any. */
    public Uni<Long> last(UUID rollout) {
        return pool.preparedQuery(
                        "SELECT coalesce(max(tick), -1) FROM rollout_tick WHERE rollout_id = $1")
                .execute(Tuple.of(rollout))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The ticks up to this one, oldest first; memory is a page. */
    public Multi<TickRow> upTo(UUID rollout, long last) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicLong(-1),
                        after ->
                                page(rollout, after.get(), last)
                                        .invoke(
                                                page -> {
                                                    if (!page.isEmpty()) {
                                                        after.set(page.get(page.size() - 1).tick());
                                                    }
                                                }))
                .whilst(page -> page.size() == PAGE)
                .onItem()
                .disjoint();
    }

    private Uni<List<TickRow>> page(UUID rollout, long after, long last) {
        return pool.preparedQuery(NEXT)
                .execute(Tuple.of(rollout, after, last, PAGE))
                .map(
                        rows -> {
                            List<TickRow> page = new ArrayList<>(rows.size());
                            for (Row row : rows) {
                                page.add(
                                        new TickRow(
                                                row.getLong("tick"),
                                                row.getOffsetDateTime("since").toInstant(),
                                                row.getString("counts"),
                                                row.getString("verdict")));
                            }
                            return page;
                        });
    }
}
