package dev.acey.dataset.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.dataset.draft.Draft;
import dev.acey.dataset.draft.FinishedTask;
import dev.acey.dataset.lineage.Persons;
import dev.acey.dataset.source.LogSource;
import dev.acey.dataset.source.Selection;
import dev.acey.dataset.version.Candidate;
import dev.acey.dataset.version.VersionFiles;
import dev.acey.dataset.version.Versions;
import dev.acey.kit.job.JobHandler;
import dev.acey.kit.job.JobRun;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Callable;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Prepares datasets in one pass over log-service's entries. It starts again from the beginning
 * after a crash, because nothing is to be seen of a pass before all its versions are published at
 * once; what was published stays the result.
 */
@Singleton
class PrepareJob implements JobHandler {

    static final String KIND = "prepare";

    /** More would not be faster: log-service gives one page after the other. */
    private static final int PAGES_AT_ONCE = 2;

    private final LogSource logs;
    private final Versions versions;
    private final VersionFiles files;
    private final Manifest manifests;
    private final PrepareMetrics metrics;
    private final Persons persons;
    private final Vertx vertx;
    private final ObjectMapper json;

    PrepareJob(
            LogSource logs,
            Versions versions,
            VersionFiles files,
            Manifest manifests,
            PrepareMetrics metrics,
            Persons persons,
            Vertx vertx,
            ObjectMapper json) {
        this.logs = logs;
        this.versions = versions;
        this.files = files;
        this.manifests = manifests;
        this.metrics = metrics;
        this.persons = persons;
        this.vertx = vertx;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JsonNode> run(JobRun run) {
        return versions.resultOf(run.job().id())
                .chain(
                        published ->
                                published
                                        .map(text -> Uni.createFrom().item(text))
                                        .orElseGet(() -> prepare(run)))
                .map(this::parse);
    }

    private Uni<String> prepare(JobRun run) {
        PrepareConfig config = PrepareConfig.of(run.job(), json);
        Draft draft = new Draft(config.settings().plans(), persons::hash);
        return blocking(
                        () -> {
                            draft.open(() -> files.workspace(run.job().id()));
                            return draft;
                        })
                .chain(() -> read(run, config.settings().selection(), draft))
                .chain(() -> blocking(draft::finish))
                .invoke(metrics::count)
                .call(() -> run.checkpoint(JsonNodeFactory.instance.textNode("publishing")))
                .chain(tasks -> publish(run, config, tasks))
                .onFailure(DiskFault::is)
                .transform(DiskFault::problem)
                .onTermination()
                .call(() -> blocking(() -> close(draft)));
    }

    private Uni<Void> read(JobRun run, Selection selection, Draft draft) {
        return logs.count(selection)
                .chain(
                        total ->
                                new Pass(logs, selection, vertx, draft, run, total, PAGES_AT_ONCE)
                                        .toEnd());
    }

    private Uni<String> publish(JobRun run, PrepareConfig config, List<FinishedTask> tasks) {
        List<Candidate> candidates =
                tasks.stream()
                        .filter(task -> task.examples() > 0)
                        .map(
                                task ->
                                        new Candidate(
                                                task.plan().taskType(),
                                                task.directory(),
                                                task.plan().converter().format(),
                                                task.parts(),
                                                manifests.of(run.job(), config, task, tasks)))
                        .toList();
        return versions.publish(
                        run.job().id(),
                        candidates,
                        made -> write(PrepareAnswer.Result.of(tasks, made)))
                .onFailure(ConstraintViolationException.class)
                .recoverWithUni(e -> publishedByAnother(run, e));
    }

    /** A worker that had lost its lease without knowing may have come first. */
    private Uni<String> publishedByAnother(JobRun run, Throwable violation) {
        return versions.resultOf(run.job().id())
                .map(
                        result ->
                                result.orElseThrow(
                                        () ->
                                                new IllegalStateException(
                                                        "not published", violation)));
    }

    private static Void close(Draft draft) throws Exception {
        draft.close();
        return null;
    }

    private <T> Uni<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }

    private String write(PrepareAnswer.Result result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result always encodes", e);
        }
    }

    private JsonNode parse(String result) {
        try {
            return json.readTree(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored result is unreadable", e);
        }
    }
}
