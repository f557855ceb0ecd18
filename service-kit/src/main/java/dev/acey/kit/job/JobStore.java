package dev.acey.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.event.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * The table {@code job}. Every method is a transaction of its own, with what it tells the outbox.
 * Leases go by the database's clock, the one clock all replicas share.
 */
@Singleton
class JobStore {

    private static final String COLUMNS =
            "id, kind, name, state, config, checkpoint, done, total, eta_seconds, result, error,"
                    + " attempts, restarts, version, created_at, started_at, ended_at";

    private static final String JOB_COLUMNS = "job." + COLUMNS.replace(", ", ", job.");

    private static final String ENDED =
            "lease_version = NULL, lease_owner = NULL, due_at = NULL, ended_at = now(),"
                    + " eta_seconds = NULL";

    private static final String LET_GO = "lease_version = NULL, lease_owner = NULL";

    private static final String INSERT =
            "INSERT INTO job (id, kind, name, state, config, due_at)"
                    + " VALUES ($1, $2, $3, 'queued', $4, now())"
                    + " ON CONFLICT (kind, name) DO NOTHING RETURNING "
                    + COLUMNS;

    private static final String REQUEST_CANCEL =
            "UPDATE job SET cancel_requested = true, version = version + 1,"
                    + " state = CASE state WHEN 'running' THEN state ELSE 'cancelled' END,"
                    + " ended_at = CASE state WHEN 'running' THEN NULL ELSE now() END,"
                    + " due_at = CASE state WHEN 'running' THEN due_at END"
                    + " WHERE id = $1 AND NOT cancel_requested"
                    + " AND state IN ('queued', 'running', 'waiting') RETURNING "
                    + COLUMNS;

    private static final String RESTART =
            "UPDATE job SET state = 'queued', due_at = now(), ended_at = NULL, error = NULL,"
                    + " cancel_requested = false, woken = false, retries = 0,"
                    + " restarts = restarts + 1, version = version + 1"
                    + " WHERE id = $1 AND state IN ('failed', 'cancelled') RETURNING "
                    + COLUMNS;

    private final Pool pool;
    private final JobEvents events;

    JobStore(Pool pool, JobEvents events) {
        this.pool = pool;
        this.events = events;
    }

    /**
     * A job as a worker took it.
     *
     * @param takenOver whether its worker before was lost
     */
    record Claim(Job job, int retries, boolean cancelRequested, boolean takenOver) {
        Lease lease() {
            return new Lease(job.id(), job.version());
        }
    }

    /** The new job, with what is done in its transaction, or the one that is there already. */
    Uni<Job> insert(
            UUID id,
            String kind,
            String name,
            JsonNode config,
            Function<SqlConnection, Uni<Void>> alongside) {
        return pool.withTransaction(
                        connection ->
                                connection
                                        .preparedQuery(INSERT)
                                        .execute(Tuple.of(id, kind, name, JobJson.write(config)))
                                        .map(rows -> JobRows.first(rows).orElse(null))
                                        .onItem()
                                        .ifNotNull()
                                        .call(job -> alongside.apply(connection)))
                .onItem()
                .ifNull()
                .switchTo(() -> findByName(kind, name).map(Optional::orElseThrow));
    }

    Uni<Optional<Job>> find(UUID id) {
        return pool.preparedQuery("SELECT " + COLUMNS + " FROM job WHERE id = $1")
                .execute(Tuple.of(id))
                .map(JobRows::first);
    }

    Uni<Optional<Job>> findByName(String kind, String name) {
        return pool.preparedQuery("SELECT " + COLUMNS + " FROM job WHERE kind = $1 AND name = $2")
                .execute(Tuple.of(kind, name))
                .map(JobRows::first);
    }

    Uni<List<Job>> list(String kind, int limit, UUID before) {
        return pool.preparedQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM job WHERE kind = $1 AND ($2::uuid IS NULL OR id < $2)"
                                + " ORDER BY id DESC LIMIT $3")
                .execute(Tuple.of(kind, before, limit))
                .map(rows -> map(rows, JobRows::job));
    }

    /** Ends a job nobody runs, asks the worker of one that runs; empty if there is none to stop. */
    Uni<Optional<Job>> requestCancel(UUID id) {
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery(REQUEST_CANCEL)
                                .execute(Tuple.of(id))
                                .map(JobRows::first)
                                .call(
                                        job ->
                                                job.filter(j -> j.state().ended())
                                                        .map(j -> events.ended(connection, j))
                                                        .orElse(Uni.createFrom().voidItem())));
    }

    /** Queues a job again that did not complete; empty if there is none to restart. */
    Uni<Optional<Job>> restart(UUID id, Function<SqlConnection, Uni<Void>> alongside) {
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery(RESTART)
                                .execute(Tuple.of(id))
                                .map(JobRows::first)
                                .call(
                                        job ->
                                                job.isPresent()
                                                        ? alongside.apply(connection)
                                                        : Uni.createFrom().voidItem()));
    }

    /** Makes a waiting job due; one that runs will be due again when it parks. */
    Uni<Void> wake(UUID id) {
        return pool.preparedQuery(
                        "UPDATE job SET woken = (state = 'running'),"
                                + " due_at = CASE state WHEN 'waiting' THEN now() ELSE due_at END"
                                + " WHERE id = $1 AND state IN ('running', 'waiting')")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /** Takes due jobs, those that wait longest first; two workers never get the same. */
    Uni<List<Claim>> claim(String owner, Set<String> kinds, int limit, Duration lease) {
        return pool.preparedQuery(
                        "WITH due AS MATERIALIZED (SELECT id, state FROM job"
                                + " WHERE due_at <= now() AND kind = ANY($1)"
                                + " ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)"
                                + " UPDATE job SET state = 'running', lease_owner = $3,"
                                + " due_at = now() + make_interval(secs => $4),"
                                + " version = version + 1, lease_version = version + 1,"
                                + " attempts = attempts + (due.state <> 'waiting')::int,"
                                + " retries = retries + (due.state = 'running')::int,"
                                + " woken = false, eta_seconds = NULL,"
                                + " started_at = coalesce(started_at, now())"
                                + " FROM due WHERE job.id = due.id"
                                + " RETURNING "
                                + JOB_COLUMNS
                                + ", job.retries, job.cancel_requested,"
                                + " due.state = 'running' AS taken_over")
                .execute(Tuple.of(kinds.toArray(String[]::new), limit, owner, seconds(lease)))
                .map(rows -> map(rows, JobStore::claim));
    }

    /** Renews leases. Those in the answer still hold; the value says whether to cancel the job. */
    Uni<Map<Lease, Boolean>> renew(Collection<Lease> leases, Duration lease) {
        return pool.preparedQuery(
                        "UPDATE job SET due_at = now() + make_interval(secs => $3)"
                                + " FROM unnest($1::uuid[], $2::bigint[]) AS held (id, version)"
                                + " WHERE job.id = held.id AND job.lease_version = held.version"
                                + " RETURNING job.id, job.lease_version, job.cancel_requested")
                .execute(
                        Tuple.of(
                                leases.stream().map(Lease::job).toArray(UUID[]::new),
                                leases.stream().map(Lease::version).toArray(Long[]::new),
                                seconds(lease)))
                .map(
                        rows -> {
                            Map<Lease, Boolean> held = new HashMap<>();
                            for (Row r : rows) {
                                Lease its = new Lease(r.getUUID("id"), r.getLong("lease_version"));
                                held.put(its, r.getBoolean("cancel_requested"));
                            }
                            return held;
                        });
    }

    Uni<Void> progress(Lease lease, Progress p) {
        return write(
                lease,
                "done = $3, total = $4, eta_seconds = $5",
                p.done(),
                p.total(),
                p.etaSeconds());
    }

    Uni<Void> checkpoint(Lease lease, JsonNode checkpoint, List<Event> told) {
        return pool.withTransaction(
                connection ->
                        write(
                                        connection,
                                        lease,
                                        "checkpoint = $3, retries = 0",
                                        JobJson.write(checkpoint))
                                .chain(() -> events.append(connection, told)));
    }

    /** Lets go of the job until then (null: until it is woken). */
    Uni<Void> park(Lease lease, Instant notBefore) {
        return write(
                lease,
                "state = 'waiting', retries = 0, error = NULL, woken = false, due_at ="
                        + " CASE WHEN woken OR cancel_requested THEN now()"
                        + " ELSE $3::timestamptz END, "
                        + LET_GO,
                notBefore == null ? null : notBefore.atOffset(ZoneOffset.UTC));
    }

    Uni<Void> retry(Lease lease, Duration backOff, JobError error) {
        return write(
                lease,
                "state = 'queued', retries = retries + 1, error = $3, due_at ="
                        + " CASE WHEN cancel_requested THEN now()"
                        + " ELSE now() + make_interval(secs => $4) END, "
                        + LET_GO,
                JobJson.write(error),
                seconds(backOff));
    }

    /** Lets go of the job for another worker to start at once. */
    Uni<Void> release(Lease lease) {
        return write(lease, "state = 'queued', due_at = now(), " + LET_GO);
    }

    Uni<Void> complete(Lease lease, JsonNode result, Progress p) {
        return end(
                lease,
                "state = 'completed', result = $3, error = NULL, done = $4, total = $5, " + ENDED,
                result == null ? null : JobJson.write(result),
                p.done(),
                p.total());
    }

    Uni<Void> fail(Lease lease, JobError error) {
        return end(lease, "state = 'failed', error = $3, " + ENDED, JobJson.write(error));
    }

    Uni<Void> cancelled(Lease lease) {
        return end(lease, "state = 'cancelled', " + ENDED);
    }

    private Uni<Void> end(Lease lease, String set, Object... values) {
        return pool.withTransaction(
                connection ->
                        write(connection, lease, set, values)
                                .chain(job -> events.ended(connection, job)));
    }

    private Uni<Void> write(Lease lease, String set, Object... values) {
        return write(pool, lease, set, values).replaceWithVoid();
    }

    /** The fence: only who holds the lease writes. Values start at $3. */
    private static Uni<Job> write(SqlClient client, Lease lease, String set, Object... values) {
        Tuple tuple = Tuple.of(lease.job(), lease.version());
        for (Object value : values) {
            tuple.addValue(value);
        }
        return client.preparedQuery(
                        "UPDATE job SET "
                                + set
                                + ", version = version + 1 WHERE id = $1 AND lease_version = $2"
                                + " RETURNING "
                                + COLUMNS)
                .execute(tuple)
                .map(rows -> JobRows.first(rows).orElseThrow(() -> new LostLease(lease)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static <T> List<T> map(RowSet<Row> rows, Function<Row, T> each) {
        return StreamSupport.stream(rows.spliterator(), false).map(each).toList();
    }

    private static Claim claim(Row row) {
        return new Claim(
                JobRows.job(row),
                row.getInteger("retries"),
                row.getBoolean("cancel_requested"),
                row.getBoolean("taken_over"));
    }
}
