package dev.acey.kit.job;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * How long work is answered over HTTP: in full when it is done soon, else {@code 202} with a place
 * to look, and its changes as server-sent events. The resource's body is the caller's, made from
 * the job as {@link Job#shown} gives it.
 */
@ApplicationScoped
public class JobAnswers {

    private static final Logger LOG = Logger.getLogger(JobAnswers.class);
    private static final String PREFER = "Prefer";
    private static final String RESPOND_ASYNC = "respond-async";
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

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
     * The stream at {@code <resource>/events}: the resource as it is, then after each change, until
     * the job ends. The event id is the job's version. Each event holds the whole resource, so a
     * client that comes back misses nothing and {@code Last-Event-ID} has no effect. A comment now
     * and then keeps proxies from closing a quiet stream.
     *
     * <p>The resource method returns this Uni, produces {@code text/event-stream} and has the sink
     * injected: unlike a method that returns a Multi, it can still answer 404, before the stream
     * begins, if there is no such job.
     */
    public Uni<Void> events(SseEventSink sink, Sse sse, UUID job, Function<Job, ?> resource) {
        return jobs.existing(job)
                .invoke(found -> send(sink, stream(sse, job, resource)))
                .replaceWithVoid();
    }

    private static void send(SseEventSink sink, Multi<OutboundSseEvent> events) {
        events.onItem()
                .transformToUniAndConcatenate(
                        event -> Uni.createFrom().completionStage(() -> sink.send(event)))
                .onTermination()
                .invoke(sink::close)
                .subscribe()
                .with(sent -> {}, failure -> LOG.debugf("a stream of events broke: %s", failure));
    }

    private Multi<OutboundSseEvent> stream(Sse sse, UUID job, Function<Job, ?> resource) {
        Multi<Optional<OutboundSseEvent>> changes =
                jobs.events(job)
                        .map(change -> Optional.of(event(sse, change, resource)))
                        .onCompletion()
                        .continueWith(Optional.empty());
        Multi<Optional<OutboundSseEvent>> comments =
                Multi.createFrom()
                        .ticks()
                        .startingAfter(KEEP_ALIVE)
                        .every(KEEP_ALIVE)
                        .onOverflow()
                        .drop()
                        .map(tick -> Optional.of(comment(sse)));
        return Multi.createBy()
                .merging()
                .streams(changes, comments)
                .select()
                .first(Optional::isPresent)
                .map(Optional::orElseThrow);
    }

    private static OutboundSseEvent comment(Sse sse) {
        return sse.newEventBuilder().comment("still here").build();
    }

    private static OutboundSseEvent event(Sse sse, Job job, Function<Job, ?> resource) {
        return sse.newEventBuilder()
                .id(String.valueOf(job.version()))
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(resource.apply(job.shown()))
                .build();
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
