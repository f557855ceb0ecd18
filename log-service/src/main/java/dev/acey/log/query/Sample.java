package dev.acey.log.query;

import dev.acey.log.store.Where;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Draws judged entries of calls that did not fail, from each task type as many as from another as
 * far as it has them. Each entry has a rank that follows from its id and the seed alone, and of
 * each task type the lowest ranks are drawn: the same entries and the same seed give the same
 * sample, and a larger sample holds the smaller one.
 */
@ApplicationScoped
class Sample {

    static final int LARGEST = 10_000;

    /** Older entries have none any more, and without it there is nothing to replay. */
    private static final String FIRST_WITH_PAYLOAD =
            "day >= (SELECT min(day) FROM stored_day WHERE parent = 'payload')";

    private static final String DRAW =
            """
            SELECT id FROM (
              SELECT ts, id FROM (
                SELECT ts, id, rank, row_number() OVER (PARTITION BY task_type ORDER BY rank) AS place
                FROM (
                  SELECT ts, id, task_type,
                    sha256(uuid_send(id) || int8send('%d'::bigint)) AS rank
                  FROM entry WHERE %s
                ) ranked
              ) placed ORDER BY place, rank LIMIT %d
            ) drawn ORDER BY ts, id
            """;

    private final Pool pool;

    Sample(Pool pool) {
        this.pool = pool;
    }

    /** The ids drawn, oldest first; fewer than asked for where there are fewer. */
    Uni<List<UUID>> draw(EntryFilter filter, int size, long seed) {
        Where where = filter.where();
        where.and("findings IS NOT NULL AND NOT failed");
        where.and(FIRST_WITH_PAYLOAD);
        return pool.preparedQuery(DRAW.formatted(seed, where.sql(), size))
                .execute(where.arguments())
                .map(
                        rows -> {
                            List<UUID> ids = new ArrayList<>(rows.size());
                            rows.forEach(row -> ids.add(row.getUUID(0)));
                            return ids;
                        });
    }
}
