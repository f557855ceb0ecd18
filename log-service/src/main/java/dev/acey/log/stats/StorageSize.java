package dev.acey.log.stats;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How much disk entries take. Each answer asks the file system, so one is used for a while. */
@ApplicationScoped
class StorageSize {

    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private static final String QUERY =
            """
            SELECT coalesce(sum(pg_total_relation_size(relid)), 0)::bigint
            FROM unnest(ARRAY['entry', 'payload', 'word']) t, pg_partition_tree(t::regclass)
            """;

    private final Pool pool;
    private final Clock clock;
    private volatile Measured last = new Measured(0, Instant.MIN);

    StorageSize(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    private record Measured(long bytes, Instant at) {}

    /** Bytes, as of some seconds ago at most. */
    Uni<Long> bytes() {
        Instant now = clock.instant();
        Measured known = last;
        if (known.at().plus(GOOD_FOR).isAfter(now)) {
            return Uni.createFrom().item(known.bytes());
        }
        return pool.query(QUERY)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .invoke(bytes -> last = new Measured(bytes, now));
    }
}
