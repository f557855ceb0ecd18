package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.provider.Provider;
import dev.acey.dataset.provider.Training;
import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.Versions;
import dev.acey.kit.job.IdempotencyKey;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobAnswers;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.page.Cursor;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asks for trainings, watches and ends them. */
@Path("/api/finetune")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Phase 2: datasets")
public class FinetuneResource {

    private static final UUID NOT_YET = new UUID(0, 0);

    private final Jobs jobs;
    private final JobAnswers answers;
    private final Versions versions;
    private final Providers providers;
    private final Trainings trainings;
    private final ObjectMapper json;

    FinetuneResource(
            Jobs jobs,
            JobAnswers answers,
            Versions versions,
            Providers providers,
            Trainings trainings,
            ObjectMapper json) {
        this.jobs = jobs;
        this.answers = answers;
        this.versions = versions;
        this.providers = providers;
        this.trainings = trainings;
        this.json = json;
    }

    /** Trainings, newest first. */
    @RegisterForReflection
    public record TrainingList(List<FinetuneAnswer> trainings, String nextCursor) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Train a model on a dataset",
            description =
                    "Submitted once, whatever crashes; what comes of it is registered as the task's"
                            + " candidate. With dryRun nothing is done: the answer has what the"
                            + " provider would be sent and what it would cost. While a training"
                            + " runs, its version of the dataset cannot be deleted. The same"
                            + " Idempotency-Key and body again are the same training.")
    @APIResponse(
            responseCode = "200",
            description = "It has ended, or with dryRun what it would be",
            content = @Content(schema = @Schema(oneOf = {FinetuneAnswer.class, DryRun.class})))
    @APIResponse(
            responseCode = "202",
            description = "It runs; Location says where to look",
            content = @Content(schema = @Schema(implementation = FinetuneAnswer.class)))
    public Uni<Response> train(
            @Valid FinetuneCommand command,
            @QueryParam("dryRun") String dryRun,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @Context HttpHeaders headers) {
        boolean dry = "true".equals(Query.oneOf("dryRun", dryRun, Set.of("true", "false")));
        if (command == null) {
            throw ProblemException.invalid("", "a JSON object is required");
        }
        String name = key == null ? null : "key-" + hex(key);
        Provider provider = providers.wanted(command.provider());
        return versions.find(DatasetName.taskOf(command.dataset()), command.version())
                .map(version -> TrainingOrder.of(command, provider.name(), version))
                .chain(order -> dry ? shown(provider, order) : accepted(order, name, headers));
    }

    private Uni<Response> shown(Provider provider, TrainingOrder order) {
        Training training = order.training(NOT_YET, json);
        DryRun answer =
                new DryRun(
                        true,
                        provider.name(),
                        order.dataset().filename(),
                        order.dataset().version(),
                        provider.payload(training),
                        provider.cost(training, null));
        return Uni.createFrom().item(Response.ok(answer).build());
    }

    private Uni<Response> accepted(TrainingOrder order, String name, HttpHeaders headers) {
        return jobs.submit(TrainingJob.KIND, name, json.valueToTree(order))
                .invoke(job -> requireSame(job, order))
                .chain(
                        job ->
                                answers.answer(
                                        job,
                                        headers,
                                        URI.create("/api/finetune/" + job.id()),
                                        shownJob -> answer(shownJob, Trainings.Said.NOTHING)));
    }

    @GET
    @Operation(summary = "Trainings, newest first")
    public Uni<TrainingList> list(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int size = Query.limit(limit);
        return jobs.list(TrainingJob.KIND, size, Cursor.decodeId(cursor))
                .chain(this::listed)
                .map(
                        page ->
                                new TrainingList(
                                        page,
                                        page.size() < size
                                                ? null
                                                : Cursor.encode(
                                                        page.get(size - 1).id().toString())));
    }

    private Uni<List<FinetuneAnswer>> listed(List<Job> page) {
        return trainings
                .said(page.stream().map(Job::id).toList())
                .map(said -> page.stream().map(job -> answer(job, said)).toList());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A training, while it runs and after")
    public Uni<FinetuneAnswer> get(@PathParam("id") String id) {
        return find(id).chain(this::answer);
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "A training and each change of it, as server-sent events")
    public Uni<Void> events(
            @PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
        return find(id).chain(
                        job ->
                                answers.events(
                                        sink,
                                        sse,
                                        job.id(),
                                        changed -> answer(changed, Trainings.Said.NOTHING)));
    }

    @POST
    @Path("{id}/cancel")
    @Operation(
            summary = "Ask for a training's end",
            description =
                    "It is cancelled at the provider as soon as that can be reached; until then it"
                            + " is still running. One that has ended stays as it is.")
    public Uni<FinetuneAnswer> cancel(@PathParam("id") String id) {
        return find(id).chain(
                        job ->
                                job.state().ended()
                                        ? Uni.createFrom().item(job)
                                        : trainings
                                                .cancel(job.id())
                                                .chain(() -> jobs.wake(job.id())))
                .chain(this::answer);
    }

    private Uni<Job> find(String id) {
        return jobs.find(Query.idInPath(id, "training"))
                .map(
                        found ->
                                found.filter(job -> job.kind().equals(TrainingJob.KIND))
                                        .orElseThrow(
                                                () ->
                                                        ProblemException.notFound(
                                                                "There is no training "
                                                                        + id
                                                                        + ".")));
    }

    private Uni<FinetuneAnswer> answer(Job job) {
        return trainings.said(List.of(job.id())).map(said -> answer(job, said));
    }

    private FinetuneAnswer answer(Job job, Map<UUID, Trainings.Said> said) {
        return answer(job, said.getOrDefault(job.id(), Trainings.Said.NOTHING));
    }

    private FinetuneAnswer answer(Job job, Trainings.Said said) {
        Provider provider = providers.named(TrainingOrder.of(job, json).provider());
        return FinetuneAnswer.of(job, provider, said.staleSince(), json);
    }

    private void requireSame(Job job, TrainingOrder order) {
        if (!TrainingOrder.of(job, json).request().equals(order.request())) {
            throw ProblemException.conflict(
                    "This "
                            + IdempotencyKey.HEADER
                            + " was used for another request: training "
                            + job.id()
                            + ".");
        }
    }

    private static String hex(String key) {
        return HexFormat.of().formatHex(IdempotencyKey.digest(key));
    }
}
