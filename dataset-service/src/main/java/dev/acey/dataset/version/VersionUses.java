package dev.acey.dataset.version;

import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code version_use}: which jobs read which versions. */
@Singleton
public class VersionUses {

    private static final String LOCK =
            "SELECT deleted_at FROM dataset_version WHERE id = $1 FOR SHARE";

    private static final String BEGIN =
            "INSERT INTO version_use (job_id, version_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    private static final String UNDER_WAY =
            "SELECT cast(u.job_id AS text) FROM version_use u JOIN job j ON j.id = u.job_id"
                    + " WHERE u.version_id IN (:versions) AND j.ended_at IS NULL"
                    + " ORDER BY u.job_id LIMIT 1";

    private final Pool pool;

    VersionUses(Pool pool) {
        this.pool = pool;
    }

    /**
     * Notes within the caller's transaction that a job reads a version from now until it ends.
     * Again is harmless, even when the version was withdrawn meanwhile.
     *
     * @return whether this is the first time; fails with 410 for a version that is gone by then
     */
    public Uni<Boolean> begin(SqlConnection connection, UUID version, UUID job) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(version))
                .chain(
                        found ->
                                connection
                                        .preparedQuery(BEGIN)
                                        .execute(Tuple.of(job, version))
                                        .map(done -> isFirst(found, done)));
    }

    private static boolean isFirst(RowSet<Row> found, RowSet<Row> done) {
        boolean first = done.rowCount() > 0;
        if (first && found.iterator().next().getValue("deleted_at") != null) {
            throw new ProblemException(
                    Problem.of(410, "The dataset's version was deleted before it could be used."));
        }
        return first;
    }

    /** The jobs that read a version, ended ones too. */
    public Uni<List<UUID>> jobsOf(UUID version) {
        return pool.preparedQuery("SELECT job_id FROM version_use WHERE version_id = $1")
                .execute(Tuple.of(version))
                .map(
                        rows -> {
                            List<UUID> jobs = new ArrayList<>();
                            rows.forEach(row -> jobs.add(row.getUUID(0)));
                            return jobs;
                        });
    }

    /** Fails with 409 if a job still reads one of these versions, whose rows the session locked. */
    Uni<Void> requireNone(Mutiny.Session session, List<UUID> versions) {
        return session.createNativeQuery(UNDER_WAY, String.class)
                .setParameter("versions", versions)
                .getResultList()
                .invoke(
                        jobs -> {
                            if (!jobs.isEmpty()) {
                                throw ProblemException.conflict(
                                        "Training " + jobs.get(0) + " uses it.");
                            }
                        })
                .replaceWithVoid();
    }
}
