package dev.acey.dataset.erasure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobAnswers;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The right to erasure. */
@Path("/api/subjects")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Phase 2: datasets")
public class SubjectsResource {

    /** As long as a log entry's {@code context.user} can be. */
    private static final int LONGEST_NAME = 256;

    private final People people;
    private final Jobs jobs;
    private final JobAnswers answers;
    private final ObjectMapper json;

    SubjectsResource(People people, Jobs jobs, JobAnswers answers, ObjectMapper json) {
        this.people = people;
        this.jobs = jobs;
        this.answers = answers;
        this.json = json;
    }

    @DELETE
    @Path("{user}")
    @Operation(
            summary = "Erase a person everywhere",
            description =
                    "The person is who calls name in context.user (user in /v1/chat/completions)."
                            + " Their entries go from the log and its archive, from spools, from"
                            + " simulations' cases, from channels' states and from caches; every"
                            + " version of a dataset that holds one is withdrawn, and models that"
                            + " learned from it are flagged. While it runs, asking again is the same"
                            + " erasure. What others said about the person is theirs and stays,"
                            + " except for what channels remember.")
    @APIResponse(
            responseCode = "200",
            description = "The person is gone",
            content = @Content(schema = @Schema(implementation = ErasureAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "It runs; Location says where to look",
            content = @Content(schema = @Schema(implementation = ErasureAnswer.class)))
    public Uni<Response> erase(@PathParam("user") String user, @Context HttpHeaders headers) {
        if (user.length() > LONGEST_NAME) {
            throw ProblemException.invalid(
                    "/user", "must be at most " + LONGEST_NAME + " characters");
        }
        return asked(user)
                .chain(
                        job ->
                                answers.answer(
                                        job,
                                        headers,
                                        URI.create("/api/subjects/erasures/" + job.name()),
                                        this::answer));
    }

    /** One that a defect ended does not stand in the way of another. */
    private Uni<Job> asked(String user) {
        return people.ask(user)
                .chain(
                        id ->
                                jobs.submit(
                                        ErasureJob.KIND,
                                        id.toString(),
                                        JsonNodeFactory.instance.objectNode()))
                .chain(
                        job ->
                                job.state().ended()
                                        ? people.abandon(UUID.fromString(job.name()))
                                                .chain(() -> asked(user))
                                        : Uni.createFrom().item(job));
    }

    @GET
    @Path("erasures/{id}")
    @Operation(summary = "An erasure, while it runs and after")
    public Uni<ErasureAnswer> get(@PathParam("id") String id) {
        return find(id).map(this::answer);
    }

    @GET
    @Path("erasures/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "An erasure and each change of it, as server-sent events")
    public Uni<Void> events(
            @PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
        return find(id).chain(job -> answers.events(sink, sse, job.id(), this::answer));
    }

    private ErasureAnswer answer(Job job) {
        return ErasureAnswer.of(job, json);
    }

    private Uni<Job> find(String id) {
        return jobs.findByName(ErasureJob.KIND, Query.idInPath(id, "erasure").toString())
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                ProblemException.notFound(
                                                        "There is no erasure " + id + ".")));
    }
}
