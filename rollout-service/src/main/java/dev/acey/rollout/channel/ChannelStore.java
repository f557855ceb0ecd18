package dev.acey.rollout.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acey.rules.RuleState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The table {@code channel}. Whoever writes a channel holds its lock ({@link ChannelLock}). */
@Singleton
class ChannelStore {

    /** What is stored was accepted once: it is read without the limits of requests. */
    private static final JsonMapper JSON = new JsonMapper();

    private static final String SAME = " WHERE channel.name = $1 AND channel.version = $2";

    private final Pool pool;

    ChannelStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * A channel as it is in the database.
     *
     * @param version grows with each change; 0 before the first
     * @param pendingEntries what was being logged when somebody was lost, or null
     * @param at now, by the clock of the database, which all replicas share; always after the last
     *     change
     */
    record Stored(RuleState state, long version, byte[] pendingEntries, Instant at) {}

    Uni<RuleState> state(String channel) {
        return pool.withConnection(connection -> read(connection, channel)).map(Stored::state);
    }

    Uni<Stored> read(SqlConnection connection, String channel) {
        return connection
                .preparedQuery(
                        "SELECT state, coalesce(version, 0) AS version, pending_entries,"
                                + " date_trunc('milliseconds', greatest(clock_timestamp(),"
                                + " updated_at + interval '1 millisecond')) AS at"
                                + " FROM (VALUES ($1::bytea)) AS asked (asked_name)"
                                + " LEFT JOIN channel ON name = asked_name")
                .execute(Tuple.of(bytes(channel)))
                .map(rows -> stored(rows.iterator().next()));
    }

    /** Writes down what is about to be logged, and the state that holds once it is. */
    Uni<Void> prepare(
            SqlConnection connection,
            String channel,
            Stored before,
            byte[] entries,
            RuleState after) {
        return connection
                .preparedQuery(
                        "INSERT INTO channel (name, version, state, pending_entries,"
                                + " pending_state, pending_at, updated_at)"
                                + " VALUES ($1, $2, $3, $4, $5, $6, $6)"
                                + " ON CONFLICT (name) DO UPDATE SET"
                                + " pending_entries = excluded.pending_entries,"
                                + " pending_state = excluded.pending_state,"
                                + " pending_at = excluded.pending_at"
                                + SAME
                                + " AND channel.pending_entries IS NULL")
                .execute(
                        Tuple.of(
                                bytes(channel),
                                before.version(),
                                write(before.state()),
                                Buffer.buffer(entries),
                                write(after),
                                time(before.at())))
                .invoke(done -> requireHeld(done, channel))
                .replaceWithVoid();
    }

    /** What was pending is logged: its state holds. Does nothing if somebody else saw to it. */
    Uni<Void> settle(SqlConnection connection, String channel, long version) {
        return connection
                .preparedQuery(
                        "UPDATE channel SET state = pending_state, updated_at = pending_at,"
                                + " version = version + 1, pending_entries = NULL,"
                                + " pending_state = NULL, pending_at = NULL"
                                + SAME
                                + " AND pending_entries IS NOT NULL")
                .execute(Tuple.of(bytes(channel), version))
                .replaceWithVoid();
    }

    /** What was pending was not logged and never will be. */
    Uni<Void> withdraw(SqlConnection connection, String channel, long version) {
        return connection
                .preparedQuery(
                        "UPDATE channel SET pending_entries = NULL, pending_state = NULL,"
                                + " pending_at = NULL"
                                + SAME)
                .execute(Tuple.of(bytes(channel), version))
                .replaceWithVoid();
    }

    /** A state that follows from nothing that has to be logged first. */
    Uni<Void> replace(SqlConnection connection, String channel, Stored before, RuleState after) {
        return connection
                .preparedQuery(
                        "INSERT INTO channel (name, version, state, updated_at)"
                                + " VALUES ($1, $2 + 1, $3, $4)"
                                + " ON CONFLICT (name) DO UPDATE SET state = excluded.state,"
                                + " version = excluded.version, updated_at = excluded.updated_at"
                                + SAME
                                + " AND channel.pending_entries IS NULL")
                .execute(
                        Tuple.of(bytes(channel), before.version(), write(after), time(before.at())))
                .invoke(done -> requireHeld(done, channel))
                .replaceWithVoid();
    }

    /**
     * A channel among others.
     *
     * @param isPending whether something is being logged, or was when somebody was lost
     */
    record Named(String name, byte[] json, boolean isPending) {

        RuleState state() {
            return ChannelStore.read(json);
        }
    }

    /** The channels whose names follow, in the order of their bytes. */
    Uni<List<Named>> page(String after, int limit) {
        return pool.preparedQuery(
                        "SELECT name, state, pending_at IS NOT NULL AS pending FROM channel"
                                + " WHERE name > $1 ORDER BY name LIMIT $2")
                .execute(Tuple.of(bytes(after == null ? "" : after), limit))
                .map(
                        rows -> {
                            List<Named> page = new ArrayList<>();
                            rows.forEach(
                                    row ->
                                            page.add(
                                                    new Named(
                                                            new String(
                                                                    bytes(row, "name"),
                                                                    StandardCharsets.UTF_8),
                                                            bytes(row, "state"),
                                                            row.getBoolean("pending"))));
                            return page;
                        });
    }

    /** Channels with something pending for longer than anybody works on it. */
    Uni<List<String>> leftOver(int seconds, int limit) {
        return pool.preparedQuery(
                        "SELECT name FROM channel"
                                + " WHERE pending_at < now() - make_interval(secs => $1)"
                                + " ORDER BY pending_at LIMIT $2")
                .execute(Tuple.of((double) seconds, limit))
                .map(
                        rows -> {
                            List<String> names = new ArrayList<>();
                            rows.forEach(
                                    row ->
                                            names.add(
                                                    row.getBuffer(0)
                                                            .toString(StandardCharsets.UTF_8)));
                            return names;
                        });
    }

    /** A lock that ended with a lost connection is somebody else's by now. */
    private static void requireHeld(RowSet<Row> done, String channel) {
        if (done.rowCount() != 1) {
            throw new IllegalStateException("channel " + channel + " changed under its lock");
        }
    }

    private static Stored stored(Row row) {
        return new Stored(
                read(bytes(row, "state")),
                row.getLong("version"),
                bytes(row, "pending_entries"),
                row.getOffsetDateTime("at").toInstant());
    }

    private static byte[] bytes(Row row, String column) {
        var value = row.getBuffer(column);
        return value == null ? null : value.getBytes();
    }

    private static RuleState read(byte[] json) {
        try {
            return RuleState.fromJson(json == null ? null : JSON.readTree(json));
        } catch (IOException e) {
            throw new IllegalStateException("a channel's state is unreadable", e);
        }
    }

    private static Buffer write(RuleState state) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(state.toJson()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state is always JSON", e);
        }
    }

    private static Buffer bytes(String channel) {
        return Buffer.buffer(channel.getBytes(StandardCharsets.UTF_8));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
