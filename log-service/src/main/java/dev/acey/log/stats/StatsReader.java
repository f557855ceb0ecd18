package dev.acey.log.stats;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.log.store.TimeRange;
import dev.acey.log.store.Where;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Takes the figures from the entries themselves. */
@ApplicationScoped
class StatsReader {

    /** One row of totals, one for each task type and one for each decision. */
    private static final String QUERY =
            """
            SELECT grouping(task_type, decision) AS level, task_type, decision,
              count(*) AS entries,
              count(*) FILTER (WHERE findings > 0) AS applications,
              avg(response_time) FILTER (WHERE environment = 'live') AS response_time,
              (SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY response_time)
                FROM entry WHERE environment = 'live' AND %1$s) AS p95,
              coalesce(sum(cost) FILTER (WHERE environment = 'live'), 0) AS cost,
              avg(confidence) FILTER (WHERE environment = 'live') AS confidence,
              (avg(failed::int) FILTER (WHERE environment = 'live'))::float8 AS error_rate,
              min(ts) AS oldest,
              max(ts) AS newest,
              (SELECT coalesce(sum(pg_total_relation_size(relid)), 0)::bigint
                FROM unnest(ARRAY['entry', 'payload']) t, pg_partition_tree(t::regclass)) AS bytes
            FROM entry
            WHERE %1$s
            GROUP BY GROUPING SETS ((), (task_type), (decision))
            """;

    private static final int TOTAL = 3;
    private static final int BY_TASK = 1;

    private final Pool pool;

    StatsReader(Pool pool) {
        this.pool = pool;
    }

    Uni<LogStats> read(TimeRange time) {
        Where where = new Where();
        where.and("NOT erased");
        time.addTo(where);
        return pool.preparedQuery(QUERY.formatted(where.sql()))
                .execute(where.arguments())
                .map(StatsReader::stats);
    }

    private static LogStats stats(RowSet<Row> rows) {
        Map<String, Long> taskTypes = new TreeMap<>();
        Map<String, Long> decisions = new LinkedHashMap<>();
        LogEntryReader.DECISIONS.forEach(decision -> decisions.put(decision, 0L));
        Row total = null;
        for (Row row : rows) {
            int level = row.getInteger("level");
            if (level == TOTAL) {
                total = row;
            } else if (level == BY_TASK) {
                taskTypes.put(row.getString("task_type"), row.getLong("entries"));
            } else if (row.getString("decision") != null) {
                decisions.put(row.getString("decision"), row.getLong("entries"));
            }
        }
        return stats(total, taskTypes, decisions);
    }

    private static LogStats stats(
            Row total, Map<String, Long> taskTypes, Map<String, Long> decisions) {
        return new LogStats(
                total.getLong("entries"),
                taskTypes,
                decisions,
                total.getLong("applications"),
                decisions.get("rejected"),
                total.getDouble("response_time"),
                total.getDouble("p95"),
                total.getDouble("cost"),
                total.getDouble("confidence"),
                total.getDouble("error_rate"),
                instant(total, "oldest"),
                instant(total, "newest"),
                total.getLong("bytes"),
                null);
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }
}
