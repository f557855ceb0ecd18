package dev.acey.dataset.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.job.IdempotencyKey;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobAnswers;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asks for datasets and watches them being made. */
@Path("/api/dataset/prepare")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Phase 2: datasets")
public class PrepareResource {

    private final Jobs jobs;
    private final JobAnswers answers;
    private final ObjectMapper json;
    private final Clock clock;

    PrepareResource(Jobs jobs, JobAnswers answers, ObjectMapper json, Clock clock) {
        this.jobs = jobs;
        this.answers = answers;
        this.json = json;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Prepare a dataset for each task from what was logged",
            description =
                    "dateRange is from a time up to, but not including, another; without one it"
                            + " ends when this is asked. Of exact and near duplicates the best"
                            + " stays: reviewed by a person, then most confident, then oldest."
                            + " maxExamples and maxUnreviewedShare count for each task; what is"
                            + " over is left out by chance, which seed decides. After a split"
                            + " the dataset's file is the part to train on, the others are at"
                            + " its url with split=validation or test. A task of which no entry"
                            + " became an example gets no new version: its count is 0 and dropped"
                            + " says why. The same Idempotency-Key and body again are the same"
                            + " preparation.")
    @APIResponse(
            responseCode = "200",
            description = "Done",
            content = @Content(schema = @Schema(implementation = PrepareAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "Still running; Location says where to look",
            content = @Content(schema = @Schema(implementation = PrepareAnswer.class)))
    public Uni<Response> prepare(
            @Valid PrepareCommand command,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @Context HttpHeaders headers) {
        if (command == null) {
            throw ProblemException.invalid("", "a JSON object is required");
        }
        PrepareConfig config = PrepareConfig.of(command, clock.instant());
        return jobs.submit(PrepareJob.KIND, jobName(key), json.valueToTree(config))
                .invoke(job -> requireSameRequest(job, command))
                .chain(job -> answers.answer(job, headers, locationOf(job), this::answer));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A preparation, while it runs and after")
    public Uni<PrepareAnswer> get(@PathParam("id") String id) {
        return find(id).map(job -> answer(job.shown()));
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "A preparation and each change of it, as server-sent events")
    public Uni<Void> events(
            @PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
        return find(id).chain(job -> answers.events(sink, sse, job.id(), this::answer));
    }

    private Uni<Job> find(String id) {
        return jobs.find(Query.idInPath(id, "preparation"))
                .map(
                        found ->
                                found.filter(job -> job.kind().equals(PrepareJob.KIND))
                                        .orElseThrow(
                                                () ->
                                                        ProblemException.notFound(
                                                                "There is no preparation "
                                                                        + id
                                                                        + ".")));
    }

    private PrepareAnswer answer(Job job) {
        return PrepareAnswer.of(job, json);
    }

    private void requireSameRequest(Job job, PrepareCommand command) {
        if (!PrepareConfig.of(job, json).request().equals(command)) {
            throw ProblemException.conflict(
                    "This "
                            + IdempotencyKey.HEADER
                            + " was used for another request: preparation "
                            + job.id()
                            + ".");
        }
    }

    private static URI locationOf(Job job) {
        return URI.create("/api/dataset/prepare/" + job.id());
    }

    /** The name of the job this key stands for; null without a key. */
    private static String jobName(String key) {
        return key == null ? null : "key-" + HexFormat.of().formatHex(IdempotencyKey.digest(key));
    }
}
