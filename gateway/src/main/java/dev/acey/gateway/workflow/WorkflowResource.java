package dev.acey.gateway.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.gateway.steps.WorkflowConfig;
import dev.acey.kit.job.IdempotencyKey;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobAnswers;
import dev.acey.kit.job.JobState;
import dev.acey.kit.page.Cursor;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/workflow}. */
@Path("/api/workflow")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Workflows")
public class WorkflowResource {

    private final WorkflowStarts starts;
    private final Workflows workflows;
    private final JobAnswers answers;
    private final ObjectMapper json;

    WorkflowResource(
            WorkflowStarts starts, Workflows workflows, JobAnswers answers, ObjectMapper json) {
        this.starts = starts;
        this.workflows = workflows;
        this.answers = answers;
        this.json = json;
    }

    /** What a start is answered with: the settings with every default filled in. */
    @RegisterForReflection
    public record Started(String workflowId, JobState status, WorkflowConfig config) {}

    @POST
    @Path("start")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Take the whole loop, step by step, in the background",
            description =
                    "`candidates` names the model to test and to deploy for a task, `baseModels` the"
                            + " one to train from. A rollout that waits for approval is approved at"
                            + " once where `approvals` has its task, with the actor and the reason"
                            + " given there; else the workflow is `waiting` until somebody approves"
                            + " it at /api/rollouts. With `schedule`, as cron has it and in UTC, this"
                            + " workflow starts another one at each such time, until it is"
                            + " cancelled, and passes a time over while the one before has not"
                            + " ended.")
    @APIResponse(
            responseCode = "202",
            description = "Started; Location says where to look",
            content = @Content(schema = @Schema(implementation = Started.class)))
    public Uni<Response> start(
            @Valid StartCommand command, @HeaderParam(IdempotencyKey.HEADER) String key) {
        if (command == null) {
            throw ProblemException.invalid("", "a JSON object is required");
        }
        WorkflowConfig config = command.config().filledIn();
        return starts.start(config, key).map(job -> started(job, config));
    }

    @GET
    @Path("status/{workflowId}")
    @Operation(summary = "How far a workflow has come")
    public Uni<WorkflowStatus> status(@PathParam("workflowId") String workflowId) {
        return workflows.find(workflowId).map(this::show);
    }

    @GET
    @Path("list")
    @Operation(summary = "Workflows, newest first")
    public Uni<WorkflowList> list(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int size = Query.limit(limit);
        return workflows
                .list(size, Cursor.decodeId(cursor))
                .map(page -> WorkflowList.of(page, size));
    }

    @POST
    @Path("{workflowId}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Stop a workflow where it is")
    public Uni<WorkflowStatus> cancel(
            @PathParam("workflowId") String workflowId, @Valid DecisionCommand command) {
        return workflows.cancel(workflowId, DecisionCommand.orNone(command)).map(this::show);
    }

    /** Some clients name a type even of a body they do not send. */
    @POST
    @Path("{workflowId}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Uni<WorkflowStatus> cancel(@PathParam("workflowId") String workflowId, byte[] body) {
        requireNone(body);
        return cancel(workflowId, (DecisionCommand) null);
    }

    @POST
    @Path("{workflowId}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Have a workflow that failed or was cancelled go on",
            description =
                    "From its first step that did not complete: what had failed in it is made anew,"
                            + " what had not is found again. 409 while it runs for the first time,"
                            + " and when it is completed; asked again, it is the same retry.")
    @APIResponse(
            responseCode = "202",
            description = "It goes on; Location says where to look",
            content = @Content(schema = @Schema(implementation = WorkflowStatus.class)))
    public Uni<Response> retry(
            @PathParam("workflowId") String workflowId, @Valid DecisionCommand command) {
        return workflows
                .retry(workflowId, DecisionCommand.orNone(command))
                .map(job -> Response.accepted(show(job)).location(place(job)).build());
    }

    /** As for a cancellation. */
    @POST
    @Path("{workflowId}/retry")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Uni<Response> retry(@PathParam("workflowId") String workflowId, byte[] body) {
        requireNone(body);
        return retry(workflowId, (DecisionCommand) null);
    }

    private static void requireNone(byte[] body) {
        if (body != null && body.length > 0) {
            throw new NotSupportedException();
        }
    }

    @GET
    @Path("{workflowId}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "A workflow's status and each change of it, as server-sent events")
    public Uni<Void> events(
            @PathParam("workflowId") String workflowId,
            @Context SseEventSink sink,
            @Context Sse sse) {
        return workflows
                .find(workflowId)
                .chain(job -> answers.events(sink, sse, job.id(), this::show));
    }

    private WorkflowStatus show(Job job) {
        return WorkflowStatus.of(job, json);
    }

    private static Response started(Job job, WorkflowConfig config) {
        return Response.accepted(new Started(job.name(), job.shown().state(), config))
                .location(place(job))
                .build();
    }

    private static URI place(Job job) {
        return URI.create("/api/workflow/status/" + job.name());
    }
}
