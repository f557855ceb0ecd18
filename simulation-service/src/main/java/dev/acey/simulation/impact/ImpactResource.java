package dev.acey.simulation.impact;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobAnswers;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.rules.RuleSets;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/rules/{hash}/impact}. */
@Path("/api/rules/{hash}/impact")
@Tag(name = "Simulation")
@Produces(MediaType.APPLICATION_JSON)
public class ImpactResource {

    private final Jobs jobs;
    private final JobAnswers answers;
    private final RuleSets sets;
    private final ObjectMapper json;
    private final Clock clock;

    ImpactResource(Jobs jobs, JobAnswers answers, RuleSets sets, ObjectMapper json, Clock clock) {
        this.jobs = jobs;
        this.answers = answers;
        this.sets = sets;
        this.json = json;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Which of the recorded decisions would change if this rule set went live",
            description =
                    "Every live call of the time is judged again with the state and at the instant"
                            + " that held. Counted by task and by rule; the first 100 changes are"
                            + " listed with the findings recorded and new.")
    @APIResponse(
            responseCode = "200",
            description = "id, state, progress, and these once it is completed",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "202", description = "It runs on; Location says where to look")
    public Uni<Response> impact(
            @PathParam("hash") String hash, ImpactCommand command, @Context HttpHeaders headers) {
        ImpactCommand asked = command == null ? new ImpactCommand(null, null, null) : command;
        ImpactOrder order = new ImpactOrder(hash, asked.window(clock.instant()));
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        return sets.named("/hash", hash)
                .onFailure(f -> f instanceof ProblemException p && p.status() == 422)
                .transform(f -> ProblemException.notFound("There is no rule set " + hash + "."))
                .chain(() -> jobs.submit(ImpactJob.KIND, id, json.valueToTree(order)))
                .chain(
                        job ->
                                answers.answer(
                                        job,
                                        headers,
                                        URI.create("/api/rules/" + hash + "/impact/" + id),
                                        this::view));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "An impact that was asked for")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public Uni<ObjectNode> get(@PathParam("hash") String hash, @PathParam("id") String id) {
        return job(hash, id).map(this::view);
    }

    @POST
    @Path("{id}/cancel")
    @Operation(summary = "Cancel it; one that has ended stays as it is")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public Uni<ObjectNode> cancel(@PathParam("hash") String hash, @PathParam("id") String id) {
        return job(hash, id).chain(job -> jobs.cancel(job.id())).map(this::view);
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "An impact after each change, until it ends")
    @APIResponse(responseCode = "200", description = "Server-sent events, each the impact")
    public Uni<Void> events(
            @PathParam("hash") String hash,
            @PathParam("id") String id,
            @Context SseEventSink sink,
            @Context Sse sse) {
        return job(hash, id).chain(job -> answers.events(sink, sse, job.id(), this::view));
    }

    private Uni<Job> job(String hash, String id) {
        String name = Query.idInPath(id, "impact").toString();
        return jobs.findByName(ImpactJob.KIND, name)
                .map(
                        job ->
                                job.filter(j -> hash.equals(j.config().path("ruleSet").asText()))
                                        .orElseThrow(
                                                () ->
                                                        ProblemException.notFound(
                                                                "There is no impact " + id + ".")));
    }

    private ObjectNode view(Job job) {
        ObjectNode view =
                json.createObjectNode()
                        .put("id", job.name())
                        .put("state", job.shown().state().json())
                        .put("ruleSet", job.config().path("ruleSet").asText());
        view.setAll((ObjectNode) job.config().get("window"));
        if (job.result() instanceof ObjectNode result) {
            view.setAll(result);
        }
        view.set("progress", json.valueToTree(job.progress()));
        view.set("error", json.valueToTree(job.error()));
        return view.put("createdAt", time(job.createdAt())).put("endedAt", time(job.endedAt()));
    }

    private static String time(Instant at) {
        return at == null ? null : JsonConventions.format(at);
    }
}
