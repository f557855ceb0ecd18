package dev.acey.simulation.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.job.IdempotencyKey;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobAnswers;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.page.Cursor;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.cases.CaseStore;
import dev.acey.simulation.cases.StoredCase;
import dev.acey.simulation.sample.Selection;
import dev.acey.simulation.verdict.SimulationResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/simulate}. */
@Path("/api/simulate")
@Tag(name = "Simulation")
@Produces(MediaType.APPLICATION_JSON)
public class SimulateResource {

    private static final int MOST_CASES = Selection.LARGEST_SAMPLE;

    private final Simulations simulations;
    private final CaseStore cases;
    private final SimulationView view;
    private final Jobs jobs;
    private final JobAnswers answers;
    private final ObjectMapper json;
    private final Vertx vertx;

    SimulateResource(
            Simulations simulations,
            CaseStore cases,
            SimulationView view,
            Jobs jobs,
            JobAnswers answers,
            ObjectMapper json,
            Vertx vertx) {
        this.simulations = simulations;
        this.cases = cases;
        this.view = view;
        this.jobs = jobs;
        this.answers = answers;
        this.json = json;
        this.vertx = vertx;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Replay logged calls and compare a candidate's outputs with them")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)),
            description =
                    "`logs`, up to 10,000 log entries, each with an optional `candidateOutput`, or"
                            + " `select {taskType, from, to, sampleSize, seed}`; and `config"
                            + " {dryRun, autoRules, baselineModel, candidateModel, ruleSet,"
                            + " judgeModel, budget {calls, dollars}, seed}`")
    @APIResponse(
            responseCode = "200",
            description = "The simulation: id, state, progress, and these once it is completed",
            content = @Content(schema = @Schema(implementation = SimulationResult.class)))
    @APIResponse(responseCode = "202", description = "It runs on; Location says where to look")
    public Uni<Response> simulate(
            byte[] body,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey,
            @Context HttpHeaders headers) {
        return simulations
                .accept(body, idempotencyKey)
                .chain(
                        job ->
                                answers.answer(
                                        job,
                                        headers,
                                        URI.create("/api/simulate/" + job.name()),
                                        view::full));
    }

    @GET
    @Operation(summary = "Simulations, newest first")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public Uni<ObjectNode> list(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int size = Query.limit(limit);
        return jobs.list(SimulationJob.KIND, size, jobBefore(cursor))
                .map(
                        page ->
                                listed(
                                        "simulations",
                                        page,
                                        view::brief,
                                        page.size() < size
                                                ? null
                                                : page.get(size - 1).id().toString()));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A simulation")
    @APIResponse(
            responseCode = "200",
            description = "The simulation: id, state, progress, and these once it is completed",
            content = @Content(schema = @Schema(implementation = SimulationResult.class)))
    public Uni<ObjectNode> get(@PathParam("id") String id) {
        return job(id).map(view::full);
    }

    /** Not on an event loop where cases are read back from what is stored. */
    @GET
    @Path("{id}/cases")
    @Operation(summary = "What came of each case, in the order given or drawn")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public Uni<ObjectNode> cases(
            @PathParam("id") String id,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        int size = Query.limit(limit);
        int from = position(cursor);
        return job(id).chain(job -> cases.results(UUID.fromString(job.name()), from, size))
                .chain(
                        page ->
                                vertx.executeBlocking(
                                        () ->
                                                listed(
                                                        "cases",
                                                        page,
                                                        view::one,
                                                        page.size() < size
                                                                ? null
                                                                : "" + StoredCase.after(page)),
                                        false));
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "A simulation after each change, until it ends")
    @APIResponse(responseCode = "200", description = "Server-sent events, each the simulation")
    public Uni<Void> events(
            @PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
        return job(id).chain(job -> answers.events(sink, sse, job.id(), view::full));
    }

    @POST
    @Path("{id}/cancel")
    @Operation(summary = "Cancel a simulation; one that has ended stays as it is")
    @APIResponse(
            responseCode = "200",
            description = "The simulation after that",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    public Uni<ObjectNode> cancel(@PathParam("id") String id) {
        return job(id).chain(job -> jobs.cancel(job.id())).map(view::full);
    }

    private Uni<Job> job(String id) {
        UUID simulation = Query.idInPath(id, "simulation");
        return jobs.findByName(SimulationJob.KIND, simulation.toString())
                .map(
                        job ->
                                job.orElseThrow(
                                        () ->
                                                ProblemException.notFound(
                                                        "There is no simulation " + id + ".")));
    }

    private <T> ObjectNode listed(
            String name, List<T> page, Function<T, ObjectNode> shown, String next) {
        ObjectNode answer = json.createObjectNode();
        answer.putArray(name).addAll(page.stream().map(shown).toList());
        return answer.put("nextCursor", next == null ? null : Cursor.encode(next));
    }

    private static UUID jobBefore(String cursor) {
        String id = Cursor.decode(cursor);
        try {
            return id == null ? null : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Cursor.unknown();
        }
    }

    private static int position(String cursor) {
        String position = Cursor.decode(cursor);
        try {
            int from = position == null ? 0 : Integer.parseInt(position);
            if (from >= 0 && from <= MOST_CASES) {
                return from;
            }
        } catch (NumberFormatException e) {
            throw Cursor.unknown();
        }
        throw Cursor.unknown();
    }
}
