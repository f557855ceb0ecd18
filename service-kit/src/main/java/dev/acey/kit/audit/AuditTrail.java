package dev.acey.kit.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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

    private static final int PAGE = 1_000;

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
     * Follows the chain from its first link and names the first that is broken: changed, missing or
     * put in between. Links cut off its end leave a shorter chain that holds; only a head kept
     * elsewhere shows that. Memory is one page, whatever the length.
     */
    public Uni<AuditVerdict> verify() {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(ChainCheck.start()), this::step)
                .whilst(ChainCheck::goesOn)
                .collect()
                .last()
                .map(ChainCheck::verdict);
    }

    private Uni<ChainCheck> step(AtomicReference<ChainCheck> sofar) {
        return page(sofar.get().lastSeq())
                .map(links -> sofar.get().follow(links))
                .invoke(sofar::set);
    }

    private Uni<List<AuditRow>> page(long after) {
        return pool.preparedQuery(
                        "SELECT "
                                + AuditRow.COLUMNS
                                + " FROM audit WHERE seq > $1 ORDER BY seq LIMIT "
                                + PAGE)
                .execute(Tuple.of(after))
                .map(
                        rows -> {
                            List<AuditRow> links = new ArrayList<>(rows.size());
                            rows.forEach(row -> links.add(AuditRow.of(row)));
                            return links;
                        });
    }

    private static String canonical(AuditEvent event) {
        try {
            return CANONICAL.writeValueAsString(event.detail());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an audit event's detail must be JSON", e);
        }
    }
}
