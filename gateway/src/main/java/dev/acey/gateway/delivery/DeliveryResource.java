package dev.acey.gateway.delivery;

import dev.acey.gateway.webhook.Webhooks;
import dev.acey.kit.page.Cursor;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** {@code /api/webhooks/{id}/deliveries}. */
@Path("/api/webhooks/{id}/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
public class DeliveryResource {

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final DeliveryWorker worker;

    DeliveryResource(Webhooks webhooks, Deliveries deliveries, DeliveryWorker worker) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.worker = worker;
    }

    @GET
    @Operation(
            summary = "What was sent to a webhook, newest first, and what became of it",
            description = "A delivery that was given up is `dead`. Those that ended stay a week.")
    public Uni<Delivery.Page> list(
            @PathParam("id") String id,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        UUID webhook = Query.idInPath(id, "webhook");
        int size = Query.limit(limit);
        UUID before = Cursor.decodeId(cursor);
        return webhooks.find(webhook)
                .chain(() -> deliveries.list(webhook, size, before))
                .map(page -> page(page, size));
    }

    @POST
    @Path("{delivery}/redeliver")
    @ResponseStatus(202)
    @Operation(summary = "Send a delivery again that was given up or taken")
    @APIResponse(responseCode = "202", description = "It is tried at once")
    public Uni<Delivery> redeliver(
            @PathParam("id") String id, @PathParam("delivery") String delivery) {
        UUID webhook = Query.idInPath(id, "webhook");
        UUID which = Query.idInPath(delivery, "delivery");
        return webhooks.find(webhook)
                .invoke(
                        found -> {
                            if (found.disabledAt() != null) {
                                throw ProblemException.conflict(
                                        "This webhook's receiver said that it is gone for good.");
                            }
                        })
                .chain(() -> deliveries.again(webhook, which))
                .invoke(worker::poke);
    }

    private static Delivery.Page page(List<Delivery> page, int limit) {
        boolean full = page.size() == limit;
        return new Delivery.Page(
                page, full ? Cursor.encode(page.get(limit - 1).id().toString()) : null);
    }
}
