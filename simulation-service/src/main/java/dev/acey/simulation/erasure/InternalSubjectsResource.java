package dev.acey.simulation.erasure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.page.Cursor;
import dev.acey.kit.token.KeyedHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** This service's part in the erasure of a person, asked for step by step. */
@Path("/internal/subjects")
@Produces(MediaType.APPLICATION_JSON)
public class InternalSubjectsResource {

    private final CaseErasure cases;
    private final Pool pool;
    private final AuditTrail audit;
    private final KeyedHash hash;
    private final Clock clock;

    InternalSubjectsResource(
            CaseErasure cases, Pool pool, AuditTrail audit, KeyedHash hash, Clock clock) {
        this.cases = cases;
        this.pool = pool;
        this.audit = audit;
        this.hash = hash;
        this.clock = clock;
    }

    /**
     * Looks through some of the cases and erases the person's among them. Whoever asks goes on with
     * the cursor of the answer until there is none; any step again is harmless.
     */
    @DELETE
    @Path("/{user}")
    @Operation(hidden = true)
    public Uni<ErasedBatch> erase(
            @PathParam("user") String user, @QueryParam("cursor") String cursor) {
        CasePlace after = CasePlace.of(Cursor.decode(cursor));
        return (cursor == null ? recordThat(user) : Uni.createFrom().voidItem())
                .chain(() -> cases.step(user, after));
    }

    private Uni<Void> recordThat(String user) {
        AuditEvent event =
                new AuditEvent(
                        "dataset-service",
                        "subject.erase",
                        "user:" + hash.person(user),
                        JsonNodeFactory.instance.objectNode(),
                        clock.instant());
        return pool.withTransaction(connection -> audit.append(connection, event));
    }
}
