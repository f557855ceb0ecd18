package dev.acey.dataset.version;

import dev.acey.kit.job.Jobs;
import dev.acey.kit.problem.Dependencies;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Removes what crashes left on the disk: workspaces of jobs that ended, and directories of versions
 * that nobody recorded or that were deleted. Safe beside other replicas: a job that may still run
 * keeps its workspaces, and a directory is left alone for an hour, far longer than recording takes.
 */
@ApplicationScoped
public class LeftOvers {

    private static final Logger LOG = Logger.getLogger(LeftOvers.class);
    private static final Duration QUIET = Duration.ofHours(1);

    private final VersionFiles files;
    private final Jobs jobs;
    private final Vertx vertx;
    private final Clock clock;

    LeftOvers(VersionFiles files, Jobs jobs, Vertx vertx, Clock clock) {
        this.files = files;
        this.jobs = jobs;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** At the start, and now and then. */
    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return removeWorkspaces()
                .chain(() -> removeVersions(clock.instant().minus(QUIET)))
                .onFailure(Dependencies::isDown)
                .recoverWithUni(
                        e -> {
                            LOG.warn("left-over files wait until the database can be reached");
                            return Uni.createFrom().voidItem();
                        });
    }

    /** Removes what jobs that have ended left of their work. */
    public Uni<Void> removeWorkspaces() {
        return vertx.executeBlocking(files::workspaces, false)
                .chain(workspaces -> eachInTurn(workspaces, this::removeIfEnded));
    }

    private Uni<Void> removeIfEnded(Path workspace) {
        return jobs.find(VersionFiles.jobOf(workspace))
                .map(job -> job.map(j -> j.state().ended()).orElse(true))
                .chain(
                        ended ->
                                ended
                                        ? blocking(() -> VersionFiles.delete(workspace))
                                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> removeVersions(Instant untouchedSince) {
        return vertx.executeBlocking(files::taskTypes, false)
                .chain(tasks -> eachInTurn(tasks, task -> removeVersions(task, untouchedSince)));
    }

    private Uni<Void> removeVersions(String taskType, Instant untouchedSince) {
        return vertx.executeBlocking(
                        () -> files.versionsUntouchedSince(taskType, untouchedSince), false)
                .chain(numbers -> eachInTurn(numbers, n -> removeUnlessPresent(taskType, n)));
    }

    private Uni<Void> removeUnlessPresent(String taskType, int version) {
        return Panache.withSession(() -> VersionRow.present(taskType, version).count())
                .chain(
                        present ->
                                present > 0
                                        ? Uni.createFrom().voidItem()
                                        : blocking(() -> files.remove(taskType, version)));
    }

    private interface Removal {
        void run() throws Exception;
    }

    private Uni<Void> blocking(Removal removal) {
        return vertx.executeBlocking(
                () -> {
                    removal.run();
                    return null;
                },
                false);
    }

    private static <T> Uni<Void> eachInTurn(List<T> items, Function<T, Uni<? extends Void>> step) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(step)
                .onItem()
                .ignoreAsUni();
    }
}
