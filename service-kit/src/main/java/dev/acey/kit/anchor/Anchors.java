package dev.acey.kit.anchor;

import dev.acey.kit.audit.Anchor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** What this service remembers of the audit trails of others. */
@ApplicationScoped
public class Anchors {

    /** What is remembered once stays as it is, whoever says otherwise later. */
    private static final String KEEP =
            """
            INSERT INTO audit_anchor (service, seq, hash)
            SELECT $1, link.seq, decode(link.hash, 'hex')
            FROM unnest($2::bigint[], $3::text[]) AS link (seq, hash)
            ON CONFLICT DO NOTHING
            """;

    private static final String BEHIND =
            """
            SELECT seq, encode(hash, 'hex') AS hash FROM audit_anchor
            WHERE service = $1 AND seq > $2 ORDER BY seq LIMIT $3
            """;

    private static final String NEWEST =
            """
            SELECT seq, encode(hash, 'hex') AS hash FROM audit_anchor
            WHERE service = $1 ORDER BY seq DESC LIMIT 1
            """;

    private final Pool pool;

    Anchors(Pool pool) {
        this.pool = pool;
    }

    /** Remembers these; durable when it completes. */
    public Uni<Void> keep(String service, List<Anchor> anchors) {
        return pool.preparedQuery(KEEP)
                .execute(
                        Tuple.of(
                                service,
                                anchors.stream().map(Anchor::seq).toArray(Long[]::new),
                                anchors.stream().map(Anchor::hash).toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** Anchors of the links behind this one, oldest first. */
    public Uni<List<Anchor>> behind(String service, long seq, int limit) {
        return read(BEHIND, Tuple.of(service, seq, limit));
    }

    /** The newest alone; nothing before the first. */
    Uni<List<Anchor>> newest(String service) {
        return read(NEWEST, Tuple.of(service));
    }

    private Uni<List<Anchor>> read(String sql, Tuple values) {
        return pool.preparedQuery(sql)
                .execute(values)
                .map(
                        rows -> {
                            List<Anchor> anchors = new ArrayList<>(rows.size());
                            rows.forEach(
                                    row ->
                                            anchors.add(
                                                    new Anchor(
                                                            row.getLong("seq"),
                                                            row.getString("hash"))));
                            return anchors;
                        });
    }
}
