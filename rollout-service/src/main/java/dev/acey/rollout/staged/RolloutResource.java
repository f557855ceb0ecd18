package dev.acey.rollout.staged;

import dev.acey.kit.page.Cursor;
import dev.acey.kit.page.Query;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/api/rollouts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rollouts")
class RolloutResource {

    private final Rollouts rollouts;
    private final RolloutStream stream;

    RolloutResource(Rollouts rollouts, RolloutStream stream) {
        this.rollouts = rollouts;
        this.stream = stream;
    }

    record RolloutList(List<RolloutView> rollouts, String nextCursor) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Roll a candidate out in stages",
            description =
                    "409 while a rollout of the task is under way; 422 with reasons if no"
                            + " simulation that asked the candidate itself has passed for the task"
                            + " under the active rule set, and override says nothing.")
    @APIResponse(responseCode = "201", description = "The rollout has begun")
    public Uni<RestResponse<RolloutView>> start(@NotNull @Valid StartCommand body) {
        return rollouts.start(body)
                .map(
                        begun ->
                                RestResponse.ResponseBuilder.create(
                                                RestResponse.Status.CREATED, begun)
                                        .location(URI.create("/api/rollouts/" + begun.id()))
                                        .build());
    }

    @GET
    @Operation(summary = "The rollouts, newest first")
    public Uni<RolloutList> list(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Query.limit(limit);
        return rollouts.page(Cursor.decodeId(cursor), most + 1)
                .map(
                        found -> {
                            List<RolloutView> page = found.subList(0, Math.min(most, found.size()));
                            String next =
                                    found.size() > most
                                            ? Cursor.encode(page.get(page.size() - 1).id() + "")
                                            : null;
                            return new RolloutList(page, next);
                        });
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A rollout: its state, plan, what the guard says, and its history")
    public Uni<RolloutView> get(@PathParam("id") String id) {
        return rollouts.find(id(id));
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "A rollout as it is, then after each change, until it has ended",
            description = "Server-sent events; each holds the whole rollout.")
    @APIResponse(responseCode = "200", description = "The stream")
    public Uni<Void> events(
            @PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
        return stream.open(sink, sse, id(id));
    }

    @POST
    @Path("/{id}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let a rollout into the stage it waits for",
            description = "Who and why are required.")
    public Uni<RolloutView> approve(@PathParam("id") String id, @Valid DecisionCommand body) {
        return take(id, Verb.APPROVE, body);
    }

    @POST
    @Path("/{id}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Keep a rollout where it is",
            description = "The traffic stays as it is; harm still rolls it back.")
    public Uni<RolloutView> pause(@PathParam("id") String id, @Valid DecisionCommand body) {
        return take(id, Verb.PAUSE, body);
    }

    @POST
    @Path("/{id}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let a paused rollout go on",
            description =
                    "Under the rule set that is active now; its stage's time begins anew, and a"
                            + " kill of its task is lifted.")
    public Uni<RolloutView> resume(@PathParam("id") String id, @Valid DecisionCommand body) {
        return take(id, Verb.RESUME, body);
    }

    @POST
    @Path("/{id}/promote")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make the candidate the baseline",
            description = "Before the evidence is in, a reason is required.")
    public Uni<RolloutView> promote(@PathParam("id") String id, @Valid DecisionCommand body) {
        return take(id, Verb.PROMOTE, body);
    }

    @POST
    @Path("/{id}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take the candidate out: the baseline serves every key again")
    public Uni<RolloutView> rollback(@PathParam("id") String id, @Valid DecisionCommand body) {
        return take(id, Verb.ROLLBACK, body);
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Give a rollout up: the baseline serves every key again")
    public Uni<RolloutView> cancel(@PathParam("id") String id, @Valid DecisionCommand body) {
        return take(id, Verb.CANCEL, body);
    }

    private Uni<RolloutView> take(String id, Verb verb, DecisionCommand body) {
        return rollouts.take(id(id), verb, DecisionCommand.orNone(body));
    }

    private static UUID id(String text) {
        return Query.idInPath(text, "rollout");
    }
}
