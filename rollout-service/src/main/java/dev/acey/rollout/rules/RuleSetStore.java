package dev.acey.rollout.rules;

import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.page.Position;
import dev.acey.rules.RuleSet;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tables {@code rule_set} and {@code rule_activation}. */
@Singleton
class RuleSetStore {

    private static final String LIST =
            "SELECT s.hash, s.created_at, latest.activated_at,"
                    + " coalesce(latest.version = (SELECT max(version) FROM rule_activation), false)"
                    + " AS active FROM rule_set s LEFT JOIN LATERAL (SELECT a.version,"
                    + " a.activated_at FROM rule_activation a WHERE a.hash = s.hash"
                    + " ORDER BY a.version DESC LIMIT 1) latest ON true ";

    private static final String ACTIVE =
            "SELECT hash, activated_at, version FROM rule_activation"
                    + " ORDER BY version DESC LIMIT 1";

    private final Pool pool;
    private final AuditTrail audit;

    RuleSetStore(Pool pool, AuditTrail audit) {
        this.pool = pool;
        this.audit = audit;
    }

    /** Stores the set unless it is there already; true when it is new, and then audited. */
    Uni<Boolean> add(RuleSet rules, byte[] source, AuditEvent event) {
        return pool.withTransaction(
                connection ->
                        insert(connection, rules, source, event.at())
                                .call(
                                        added ->
                                                added
                                                        ? audit.append(connection, event)
                                                        : Uni.createFrom().voidItem()));
    }

    Uni<Optional<StoredRuleSet>> find(String hash) {
        return pool.preparedQuery(LIST + "WHERE s.hash = $1")
                .execute(Tuple.of(hash))
                .map(rows -> first(rows, RuleSetStore::stored));
    }

    /** Newest first, after this position (null: from the newest). */
    Uni<List<StoredRuleSet>> page(Position after, int limit) {
        Tuple tuple =
                after == null
                        ? Tuple.of(null, null, limit)
                        : Tuple.of(time(after.createdAt()), after.key(), limit);
        return pool.preparedQuery(
                        LIST
                                + "WHERE $1::timestamptz IS NULL OR s.created_at < $1"
                                + " OR (s.created_at = $1 AND s.hash > $2::text)"
                                + " ORDER BY s.created_at DESC, s.hash LIMIT $3")
                .execute(tuple)
                .map(
                        rows -> {
                            List<StoredRuleSet> page = new ArrayList<>(rows.size());
                            rows.forEach(row -> page.add(stored(row)));
                            return page;
                        });
    }

    Uni<Optional<String>> canonical(String hash) {
        return bytes("SELECT canonical FROM rule_set WHERE hash = $1", hash);
    }

    Uni<Optional<String>> source(String hash) {
        return bytes("SELECT source FROM rule_set WHERE hash = $1", hash);
    }

    /** The active set; empty while none ever was. */
    Uni<Optional<Activation>> active() {
        return pool.query(ACTIVE).execute().map(rows -> first(rows, RuleSetStore::activation));
    }

    /**
     * Makes the set the active one, if it is not already, and audits that. Activations wait for one
     * another.
     */
    Uni<Activation> activate(String hash, Function<Optional<Activation>, AuditEvent> event) {
        return pool.withTransaction(
                connection ->
                        lock(connection)
                                .flatMap(
                                        before ->
                                                before.filter(a -> a.hash().equals(hash))
                                                                .isPresent()
                                                        ? Uni.createFrom().item(before.get())
                                                        : activate(
                                                                connection,
                                                                hash,
                                                                event.apply(before))));
    }

    /** Stores the set; activates it if none ever was. */
    Uni<Void> seed(RuleSet rules, byte[] source, AuditEvent event) {
        return pool.withTransaction(
                connection ->
                        insert(connection, rules, source, event.at())
                                .chain(() -> lock(connection))
                                .flatMap(
                                        before ->
                                                before.isPresent()
                                                        ? Uni.createFrom().voidItem()
                                                        : activate(connection, rules.hash(), event)
                                                                .replaceWithVoid()));
    }

    private Uni<Activation> activate(SqlConnection connection, String hash, AuditEvent event) {
        return connection
                .preparedQuery(
                        "WITH next AS (UPDATE revision SET version = version + 1"
                                + " WHERE topic = 'rules' RETURNING version)"
                                + " INSERT INTO rule_activation (version, hash, activated_at)"
                                + " SELECT version, $1, $2 FROM next"
                                + " RETURNING hash, activated_at, version")
                .execute(Tuple.of(hash, time(event.at())))
                .map(rows -> first(rows, RuleSetStore::activation).orElseThrow())
                .call(() -> audit.append(connection, event));
    }

    private static Uni<Boolean> insert(
            SqlConnection connection, RuleSet rules, byte[] source, Instant now) {
        return connection
                .preparedQuery(
                        "INSERT INTO rule_set (hash, canonical, source, created_at)"
                                + " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
                .execute(
                        Tuple.of(
                                rules.hash(),
                                Buffer.buffer(rules.canonical()),
                                Buffer.buffer(source),
                                time(now)))
                .map(done -> done.rowCount() == 1);
    }

    /** The active set, which no other transaction replaces until this one ends. */
    private static Uni<Optional<Activation>> lock(SqlConnection connection) {
        return connection
                .query("SELECT FROM revision WHERE topic = 'rules' FOR UPDATE")
                .execute()
                .chain(() -> connection.query(ACTIVE).execute())
                .map(rows -> first(rows, RuleSetStore::activation));
    }

    private Uni<Optional<String>> bytes(String sql, String hash) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(hash))
                .map(rows -> first(rows, r -> r.getBuffer(0).toString(StandardCharsets.UTF_8)));
    }

    private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
        for (Row row : rows) {
            return Optional.of(read.apply(row));
        }
        return Optional.empty();
    }

    private static StoredRuleSet stored(Row row) {
        return new StoredRuleSet(
                row.getString("hash"),
                instant(row, "created_at"),
                row.getBoolean("active"),
                instant(row, "activated_at"));
    }

    private static Activation activation(Row row) {
        return new Activation(
                row.getString("hash"), instant(row, "activated_at"), row.getLong("version"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
