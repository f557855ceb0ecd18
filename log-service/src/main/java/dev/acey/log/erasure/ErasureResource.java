package dev.acey.log.erasure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.store.Days;
import dev.acey.log.store.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Erases one entry. */
@Path("/api/logs/{id}")
@Tag(name = "Phase 1: data collection")
public class ErasureResource {

    private static final String ANONYMOUS = "anonymous";

    private final Pool pool;
    private final Eraser eraser;
    private final AuditTrail audit;
    private final Clock clock;

    ErasureResource(Pool pool, Eraser eraser, AuditTrail audit, Clock clock) {
        this.pool = pool;
        this.eraser = eraser;
        this.audit = audit;
        this.clock = clock;
    }

    @DELETE
    @Operation(
            summary = "Erase an entry",
            description =
                    "Its content is gone when this answers, from its archived day within minutes;"
                            + " its id is never accepted again. Again is harmless.")
    @APIResponse(responseCode = "204", description = "erased")
    @APIResponse(responseCode = "404", description = "no such entry is stored")
    public Uni<Void> erase(@PathParam("id") String path) {
        UUID id = Query.idInPath(path, "log entry");
        LocalDate day = Days.of(TimeRange.clamp(LogEntryReader.timeOf(id)));
        return pool.withTransaction(
                connection ->
                        connection
                                .preparedQuery(
                                        "SELECT erased FROM entry WHERE day = %s AND id = $1 FOR UPDATE"
                                                .formatted(Days.literal(day)))
                                .execute(Tuple.of(id))
                                .map(rows -> isErased(rows, id))
                                .chain(
                                        erased ->
                                                erased
                                                        ? Uni.createFrom().voidItem()
                                                        : erase(connection, day, id)));
    }

    private Uni<Void> erase(SqlConnection connection, LocalDate day, UUID id) {
        return eraser.erase(connection, day, new UUID[] {id})
                .chain(
                        () ->
                                audit.append(
                                        connection,
                                        new AuditEvent(
                                                ANONYMOUS,
                                                "log.erase",
                                                "log:" + id,
                                                JsonNodeFactory.instance.objectNode(),
                                                clock.instant())));
    }

    private static boolean isErased(RowSet<Row> rows, UUID id) {
        if (rows.size() == 0) {
            throw ProblemException.notFound("There is no log entry " + id + ".");
        }
        return rows.iterator().next().getBoolean(0);
    }
}
