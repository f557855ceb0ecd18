package dev.acey.log.query;

import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What clients read. */
@Path("/api/logs")
@Tag(name = "Phase 1: data collection")
public class LogsResource {

    private final Entries entries;
    private final EntryReader reader;
    private final Export export;

    LogsResource(Entries entries, EntryReader reader, Export export) {
        this.entries = entries;
        this.reader = reader;
        this.export = export;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Entries, newest first",
            description =
                    "A page may hold fewer than the limit and still have a nextCursor: it ends"
                            + " early where entries are large, and after 5,000 entries looked at"
                            + " for q.")
    public Uni<byte[]> list(
            @BeanParam FilterParameters filter,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return entries.page(
                        EntryFilter.of(filter),
                        Position.of(cursor),
                        Order.NEWEST_FIRST,
                        Query.limit(limit))
                .map(page -> page.toJson().getBytes());
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "One entry")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = LogEntry.class)))
    public Uni<byte[]> get(@PathParam("id") String id) {
        return reader.find(Query.idInPath(id, "log entry"))
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                ProblemException.notFound(
                                                        "There is no log entry " + id + ".")))
                .map(Buffer::getBytes);
    }

    @GET
    @Path("/export")
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Entries, oldest first, one a line, as a stream",
            description =
                    "Archived days that are no longer in the database are read from their files."
                            + " A connection that breaks before its end means an export that is"
                            + " not whole.")
    public Multi<byte[]> export(@BeanParam FilterParameters filter) {
        return export.of(EntryFilter.of(filter));
    }
}
