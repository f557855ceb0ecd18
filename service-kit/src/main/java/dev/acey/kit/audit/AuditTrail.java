package dev.acey.kit.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Appends to this service's audit trail, a chain of hashes that nobody but the database's owner can
 * alter, and checks it.
 *
 * <p>Appending is one call of the database function {@code audit_append}, which serves both kinds
 * of callers: those in a Hibernate Reactive session and those with a connection of their own. It
 * takes part in their transaction, and other appends wait until that ends: append last, just before
 * the commit.
 */
@ApplicationScoped
public class AuditTrail {

    /** One text for one value: keys sorted, no blanks, ASCII. */
    private static final JsonMapper CANONICAL =
            JsonMapper.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                    .build();

    private final Pool pool;

    AuditTrail(Pool pool) {
        this.pool = pool;
    }

    /** Appends within the session's transaction, which the caller has begun. */
    public Uni<Void> append(Mutiny.Session session, AuditEvent event) {
        return session.createNativeQuery(
                        "SELECT audit_append(:at, :actor, :action, :subject, :detail)", Long.class)
                .setParameter("at", event.at().toEpochMilli())
                .setParameter("actor", event.actor())
                .setParameter("action", event.action())
                .setParameter("subject", event.subject())
                .setParameter("detail", canonical(event))
                .getSingleResult()
                .replaceWithVoid();
    }

    /** Appends within the connection's transaction, which the caller has begun. */
    public Uni<Void> append(SqlConnection connection, AuditEvent event) {
        return connection
                .preparedQuery("SELECT audit_append($1, $2, $3, $4, $5)")
                .execute(
                        Tuple.of(
                                event.at().toEpochMilli(),
                                event.actor(),
                                event.action(),
                                event.subject(),
                                canonical(event)))
                .replaceWithVoid();
    }

    /**
     * Whether the chain holds in itself. Links cut off its end, or a chain computed anew, show only
     * against anchors kept elsewhere.
     */
    public Uni<AuditVerdict> verify() {
        return ChainCheck.ofAll(
                seq -> links(seq, Stretch.LONGEST).map(links -> new Stretch(List.of(), links)));
    }

    /**
     * Links behind this one, oldest first; none at the end.
     *
     * @param after 0 for the first
     */
    public Uni<List<AuditLink>> links(long after, int limit) {
        return pool.preparedQuery(
                        "SELECT "
                                + AuditLink.COLUMNS
                                + " FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2")
                .execute(Tuple.of(after, limit))
                .map(AuditTrail::links);
    }

    /** Links by their time, newest first. */
    public Uni<List<AuditLink>> newest(AuditFilter filter) {
        StringBuilder where = new StringBuilder();
        Tuple values = Tuple.tuple();
        if (!filter.subjects().isEmpty()) {
            values.addValue(filter.subjects().toArray(String[]::new));
            where.append(" AND subject = ANY($").append(values.size()).append(')');
        }
        if (filter.from() != null) {
            values.addValue(time(filter.from()));
            where.append(" AND at >= $").append(values.size());
        }
        if (filter.to() != null) {
            values.addValue(time(filter.to()));
            where.append(" AND at < $").append(values.size());
        }
        if (filter.before() != null) {
            values.addValue(time(filter.before().at()));
            values.addValue(filter.before().seq());
            where.append(" AND (at, seq) < ($%d, $%d)".formatted(values.size() - 1, values.size()));
        }
        values.addValue(filter.limit());
        return pool.preparedQuery(
                        "SELECT "
                                + AuditLink.COLUMNS
                                + " FROM audit WHERE true"
                                + where
                                + " ORDER BY at DESC, seq DESC LIMIT $"
                                + values.size())
                .execute(values)
                .map(AuditTrail::links);
    }

    private static List<AuditLink> links(RowSet<Row> rows) {
        List<AuditLink> links = new ArrayList<>(rows.size());
        rows.forEach(row -> links.add(AuditLink.of(row)));
        return links;
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String canonical(AuditEvent event) {
        try {
            return CANONICAL.writeValueAsString(event.detail());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an audit event's detail must be JSON", e);
        }
    }
}
