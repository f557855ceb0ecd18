package dev.acey.log.collect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.log.store.EntryJson;
import dev.acey.log.store.People;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** One entry at a time. */
@Path("/api/log")
@Tag(name = "Phase 1: data collection")
public class LogResource {

    private final Admission admission;
    private final GroupCommit commit;
    private final EntryWriter writer;
    private final EntryJson json;
    private final People people;
    private final Clock clock;

    LogResource(
            Admission admission,
            GroupCommit commit,
            EntryWriter writer,
            EntryJson json,
            People people,
            Clock clock) {
        this.admission = admission;
        this.commit = commit;
        this.writer = writer;
        this.json = json;
        this.people = people;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Log one call to a model",
            description = "Answers once the entry is durable. The same id again is stored once.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = LogEntry.class)))
    @APIResponse(responseCode = "201", description = "stored")
    @APIResponse(
            responseCode = "200",
            description = "stored before under this id; the first write stays",
            content = @Content(schema = @Schema(implementation = Receipt.class)))
    @APIResponse(responseCode = "400", description = "fields break rules, each of them named")
    @APIResponse(responseCode = "410", description = "erased; never stored again under this id")
    @APIResponse(responseCode = "422", description = "too old, or too far ahead")
    @APIResponse(
            responseCode = "503",
            description = "not stored as far as is known: send it again, under the same id")
    public Uni<RestResponse<Receipt>> log(JsonNode sent) {
        NewEntry entry = NewEntry.of(admission.fromClient(sent, clock.instant()), json, people);
        CallSpan.describe(entry.entry());
        return commit.add(entry)
                .chain(
                        isNew ->
                                isNew
                                        ? Uni.createFrom().item(created(entry))
                                        : writer.stored(entry).map(RestResponse::ok));
    }

    private static RestResponse<Receipt> created(NewEntry entry) {
        return RestResponse.status(
                RestResponse.Status.CREATED,
                new Receipt(
                        entry.id(),
                        entry.entry().timestamp(),
                        entry.entry().controlDecision(),
                        entry.action()));
    }
}
