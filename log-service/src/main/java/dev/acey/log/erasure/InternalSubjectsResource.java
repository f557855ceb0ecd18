package dev.acey.log.erasure;

import dev.acey.kit.job.JobAnswers;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.store.People;
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
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** This service's part in the erasure of a person. */
@Path("/internal/subjects")
@Produces(MediaType.APPLICATION_JSON)
public class InternalSubjectsResource {

    private final Jobs jobs;
    private final JobAnswers answers;
    private final People people;

    InternalSubjectsResource(Jobs jobs, JobAnswers answers, People people) {
        this.jobs = jobs;
        this.answers = answers;
        this.people = people;
    }

    /** Erases all entries stored of a person so far; long work. Again is harmless. */
    @DELETE
    @Path("/{user}")
    @Operation(hidden = true)
    public Uni<Response> erase(@PathParam("user") String user, @Context HttpHeaders headers) {
        return jobs.submit(SubjectErasure.KIND, null, SubjectErasure.config(people.hash(user)))
                .chain(
                        job ->
                                answers.answer(
                                        job,
                                        headers,
                                        URI.create("/internal/subjects/erasures/" + job.id()),
                                        Erasure::of));
    }

    /** How far an erasure has come. */
    @GET
    @Path("/erasures/{id}")
    @Operation(hidden = true)
    public Uni<Erasure> erasure(@PathParam("id") String id) {
        return jobs.find(Query.idInPath(id, "erasure"))
                .map(
                        found ->
                                found.filter(job -> job.kind().equals(SubjectErasure.KIND))
                                        .map(Erasure::of)
                                        .orElseThrow(
                                                () ->
                                                        ProblemException.notFound(
                                                                "There is no erasure "
                                                                        + id
                                                                        + ".")));
    }
}
