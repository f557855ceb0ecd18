package dev.acey.gateway.webhook;

import dev.acey.kit.page.Cursor;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** {@code /api/webhooks}. */
@Path("/api/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
public class WebhookResource {

    private final Webhooks webhooks;
    private final Clock clock;

    WebhookResource(Webhooks webhooks, Clock clock) {
        this.webhooks = webhooks;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            summary = "Be called about events",
            description =
                    "Calls are signed as Standard Webhooks says. The secret, given or made, is shown"
                            + " in this answer and never again.")
    @APIResponse(responseCode = "201", description = "Made")
    public Uni<Webhook.Created> create(WebhookCommand command) {
        if (command == null) {
            throw ProblemException.invalid("", "a JSON object is required");
        }
        return webhooks.create(command, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    @GET
    @Operation(summary = "Webhooks, newest first")
    public Uni<Webhook.Page> list(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int size = Query.limit(limit);
        return webhooks.list(size, Cursor.decodeId(cursor)).map(page -> page(page, size));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Be called no more")
    public Uni<Void> delete(@PathParam("id") String id) {
        return webhooks.delete(Query.idInPath(id, "webhook"), clock.instant());
    }

    private static Webhook.Page page(List<Webhook> page, int limit) {
        boolean full = page.size() == limit;
        return new Webhook.Page(
                page, full ? Cursor.encode(page.get(limit - 1).id().toString()) : null);
    }
}
