package dev.acey.dataset.erasure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.token.KeyedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code erasure}: who is being erased. A name stands there only until the person is
 * gone; after that, and in the audit trail, there is a keyed hash.
 */
@Singleton
class People {

    private static final String ASK =
            "INSERT INTO erasure (id, person, name, asked_at) VALUES ($1, $2, $3, $4)"
                    + " ON CONFLICT (person) WHERE name IS NOT NULL"
                    + " DO UPDATE SET person = excluded.person RETURNING id";

    private static final String FORGET =
            "UPDATE erasure SET name = NULL WHERE id = $1 AND name IS NOT NULL RETURNING person";

    private final Pool pool;
    private final AuditTrail audit;
    private final KeyedHash hash;
    private final Clock clock;

    People(Pool pool, AuditTrail audit, KeyedHash hash, Clock clock) {
        this.pool = pool;
        this.audit = audit;
        this.hash = hash;
        this.clock = clock;
    }

    /** The erasure of this person that is under way, or a new one; audited. */
    Uni<UUID> ask(String user) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        String person = hash.person(user);
        Tuple row =
                Tuple.of(
                        id,
                        person,
                        Buffer.buffer(user.getBytes(StandardCharsets.UTF_8)),
                        clock.instant().atOffset(ZoneOffset.UTC));
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery(ASK)
                                .execute(row)
                                .map(rows -> rows.iterator().next().getUUID(0))
                                .call(
                                        there ->
                                                there.equals(id)
                                                        ? record(
                                                                connection,
                                                                "anonymous",
                                                                "subject.ask",
                                                                person,
                                                                erasure(id))
                                                        : Uni.createFrom().voidItem()));
    }

    /** Who it is; empty once the name is forgotten. */
    Uni<Optional<String>> name(UUID id) {
        return pool.preparedQuery("SELECT name FROM erasure WHERE id = $1 AND name IS NOT NULL")
                .execute(Tuple.of(id))
                .map(
                        rows -> {
                            for (var row : rows) {
                                byte[] name = row.getBuffer(0).getBytes();
                                return Optional.of(new String(name, StandardCharsets.UTF_8));
                            }
                            return Optional.empty();
                        });
    }

    /** Forgets the name of an erasure that has ended without reaching its end. */
    Uni<Void> abandon(UUID id) {
        return pool.preparedQuery("UPDATE erasure SET name = NULL WHERE id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /** The person is gone: so is the name, in one with what the audit trail says of it. */
    Uni<Void> forget(UUID id, ErasureCourse course) {
        ObjectNode detail =
                erasure(id)
                        .put("logs", course.logs())
                        .put("channels", course.channels())
                        .put("cases", course.cases())
                        .put("datasets", course.datasets().size())
                        .put("models", course.models().size());
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery(FORGET)
                                .execute(Tuple.of(id))
                                .chain(
                                        rows ->
                                                rows.size() == 0
                                                        ? Uni.createFrom().voidItem()
                                                        : record(
                                                                connection,
                                                                "dataset-service",
                                                                "subject.erase",
                                                                rows.iterator().next().getString(0),
                                                                detail)));
    }

    private static ObjectNode erasure(UUID id) {
        return JsonNodeFactory.instance.objectNode().put("erasure", id.toString());
    }

    private Uni<Void> record(
            SqlConnection connection,
            String actor,
            String action,
            String person,
            ObjectNode detail) {
        return audit.append(
                connection,
                new AuditEvent(actor, action, "user:" + person, detail, clock.instant()));
    }
}
