package dev.acey.rollout.erasure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.rollout.cache.ResponseCache;
import dev.acey.rollout.spool.ErasedPeople.Erased;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The tables {@code erasure} and {@code spool}. */
@Singleton
class ErasureStore {

    /** Raised under the row's lock: who is told of a version finds all up to it. */
    private static final String NEXT =
            "UPDATE revision SET version = version + 1 WHERE topic = 'erasures' RETURNING version";

    /**
     * For an hour after it was asked for, longer than any call takes, an erasure is on the mind
     * even of those who saw to it: a call that was under way then ends only now.
     */
    private static final String OPEN =
            "SELECT person, asked_at FROM erasure WHERE version > $1"
                    + " OR asked_at > now() - interval '1 hour' ORDER BY version";

    private static final String SEEN =
            "INSERT INTO spool (id, erased_version, seen_at) VALUES ($1, $2, now())"
                    + " ON CONFLICT (id) DO UPDATE SET seen_at = now(), erased_version ="
                    + " greatest(spool.erased_version, excluded.erased_version)"
                    + " RETURNING erased_version";

    private static final String BEHIND =
            "SELECT count(*) FILTER (WHERE seen_at > now() - interval '1 minute')"
                    + " AS here, count(*) FILTER (WHERE seen_at <= now() - interval '1 minute')"
                    + " AS away FROM spool WHERE erased_version < $1";

    private final Pool pool;
    private final ResponseCache cache;
    private final AuditTrail audit;
    private final Clock clock;

    ErasureStore(Pool pool, ResponseCache cache, AuditTrail audit, Clock clock) {
        this.pool = pool;
        this.cache = cache;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Spools that have not let go yet.
     *
     * @param here of replicas that were seen within a minute
     * @param away of others: they let go before they ship anything, when they come back
     */
    record Behind(int here, int away) {}

    /**
     * Asks every replica, and has it forget the answers it keeps; the version that stands for it.
     */
    Uni<Long> ask(String person) {
        return pool.withTransaction(connection -> ask(connection, person));
    }

    private Uni<Long> ask(SqlConnection connection, String person) {
        AuditEvent event =
                new AuditEvent(
                        "dataset-service",
                        "subject.erase",
                        "user:" + person,
                        JsonNodeFactory.instance.objectNode(),
                        clock.instant());
        return connection
                .query(NEXT)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .call(
                        version ->
                                connection
                                        .preparedQuery(
                                                "INSERT INTO erasure (version, person)"
                                                        + " VALUES ($1, $2)")
                                        .execute(Tuple.of(version, person)))
                .call(() -> cache.forgetEverywhere(connection))
                .call(() -> audit.append(connection, event));
    }

    /** Those a spool has to know of that has let go up to this version. */
    Uni<List<Erased>> open(long version) {
        return pool.preparedQuery(OPEN)
                .execute(Tuple.of(version))
                .map(
                        rows -> {
                            List<Erased> people = new ArrayList<>();
                            rows.forEach(row -> people.add(erased(row)));
                            return people;
                        });
    }

    /** Says that a spool is there and has let go up to this version; what it has is the answer. */
    Uni<Long> seen(UUID spool, long version) {
        return pool.preparedQuery(SEEN)
                .execute(Tuple.of(spool, version))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Behind> behind(long version) {
        return pool.preparedQuery(BEHIND)
                .execute(Tuple.of(version))
                .map(rows -> rows.iterator().next())
                .map(row -> new Behind(row.getInteger("here"), row.getInteger("away")));
    }

    private static Erased erased(Row row) {
        return new Erased(row.getString("person"), row.getOffsetDateTime("asked_at").toInstant());
    }
}
