package dev.acey.kit.job;

import dev.acey.kit.stream.ChangeStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/**
 * How long work is answered over HTTP: in full when it is done soon, else {@code 202} with a place
 * to look, and its changes as server-sent events. The resource's body is the caller's, made from
 * the job as {@link Job#shown} gives it.
 */
@ApplicationScoped
public class JobAnswers {

    private static final String PREFER = "Prefer";
    private static final String RESPOND_ASYNC = "respond-async";

    private final Jobs jobs;
    private final JobSettings settings;

    JobAnswers(Jobs jobs, JobSettings settings) {
        this.jobs = jobs;
        this.settings = settings;
    }

    /**
     * Answers for a job that was just submitted: {@code 200} with the resource when the job ends,
     * however it ended, within {@code acey.jobs.answer-wait}; else, or at once when the client
     * prefers {@code respond-async} (RFC 7240), {@code 202} with {@code Location} and the resource
     * as it is.
     */
    public Uni<Response> answer(
            Job job, HttpHeaders request, URI location, Function<Job, ?> resource) {
        if (prefersAsync(request)) {
            Response answer =
                    Response.fromResponse(accepted(job, location, resource))
                            .header("Preference-Applied", RESPOND_ASYNC)
                            .build();
            return Uni.createFrom().item(answer);
        }
        return jobs.awaitEnd(job.id(), settings.answerWait())
                .map(
                        last ->
                                last.state().ended()
                                        ? Response.ok(resource.apply(last)).build()
                                        : accepted(last, location, resource));
    }

    /**
     * The job's resource as it is, then after each change, until the job ends; see {@link
     * ChangeStream}. The event id is the job's version.
     */
    public Uni<Void> events(SseEventSink sink, Sse sse, UUID job, Function<Job, ?> resource) {
        return jobs.existing(job)
                .invoke(found -> ChangeStream.send(sink, sse, changes(job, resource)))
                .replaceWithVoid();
    }

    private Multi<ChangeStream.Change> changes(UUID job, Function<Job, ?> resource) {
        return jobs.events(job)
                .map(j -> new ChangeStream.Change(j.version(), resource.apply(j.shown())));
    }

    private static Response accepted(Job job, URI location, Function<Job, ?> resource) {
        return Response.accepted(resource.apply(job.shown())).location(location).build();
    }

    private static boolean prefersAsync(HttpHeaders request) {
        List<String> headers = request.getRequestHeader(PREFER);
        return headers != null
                && headers.stream()
                        .flatMap(header -> Arrays.stream(header.split(",", -1)))
                        .map(preference -> preference.split(";", 2)[0].strip())
                        .anyMatch(p -> p.toLowerCase(Locale.ROOT).equals(RESPOND_ASYNC));
    }
}
