package dev.acey.kit.job;

import io.smallrye.mutiny.Uni;
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
import java.util.Map;
import java.util.UUID;

/** A resource made by a job, as services have them. */
@Path("/api/things")
@Produces(MediaType.APPLICATION_JSON)
public class ThingsResource {

    private final Jobs jobs;
    private final JobAnswers answers;

    ThingsResource(Jobs jobs, JobAnswers answers) {
        this.jobs = jobs;
        this.answers = answers;
    }

    @POST
    @Path("/{name}")
    public Uni<Response> make(@PathParam("name") String name, @Context HttpHeaders headers) {
        return jobs.submit(ScriptedHandler.KIND, name, JobJson.read("{}"))
                .flatMap(
                        job ->
                                answers.answer(
                                        job,
                                        headers,
                                        URI.create("/api/things/" + job.id()),
                                        ThingsResource::body));
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Uni<Void> events(
            @PathParam("id") UUID id, @Context SseEventSink sink, @Context Sse sse) {
        return answers.events(sink, sse, id, ThingsResource::body);
    }

    private static Map<String, Object> body(Job job) {
        return Map.of("id", job.id(), "state", job.state(), "progress", job.progress());
    }
}
