package dev.acey.log.review;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.query.EntryReader;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What waits for a person. */
@Path("/api/logs")
@Tag(name = "Phase 1: data collection")
public class ReviewResource {

    private final EntryReader reader;

    ReviewResource(EntryReader reader) {
        this.reader = reader;
    }

    @GET
    @Path("/review")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Live entries that wait for a person's decision, oldest first",
            description =
                    "{logs, nextCursor}. A page may hold fewer than the limit and still have a"
                            + " nextCursor.")
    public Uni<byte[]> review(
            @QueryParam("taskType") String taskType,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return reader.pending(taskType(taskType), cursor, Query.limit(limit)).map(Buffer::getBytes);
    }

    private static String taskType(String given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        if (!LogEntryReader.TASK_TYPE.matcher(given).matches()) {
            throw ProblemException.invalid(
                    "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern());
        }
        return given;
    }
}
