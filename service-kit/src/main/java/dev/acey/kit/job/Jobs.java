package dev.acey.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Submits, watches and steers durable jobs. Right with any number of replicas: whoever asks, a job
 * runs on one worker at a time, and on any.
 */
@ApplicationScoped
public class Jobs {

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final JobStore store;
    private final JobWorker worker;
    private final JobSignals signals;
    private final JobSettings settings;

    Jobs(JobStore store, JobWorker worker, JobSignals signals, JobSettings settings) {
        this.store = store;
        this.worker = worker;
        this.signals = signals;
        this.settings = settings;
    }

    /**
     * Submits a job; it is durable when this completes, and starts as soon as a worker has room.
     * The same kind and name again is the job that is there, whatever its state or config.
     *
     * @param kind of one of this application's handlers
     * @param name 1 to 200 printable ASCII characters without blanks, unique within the kind; null
     *     for the new job's id
     * @throws IllegalArgumentException for any other kind or name
     */
    public Uni<Job> submit(String kind, String name, JsonNode config) {
        return submit(kind, name, config, connection -> Uni.createFrom().voidItem());
    }

    /**
     * As {@link #submit(String, String, JsonNode)}, with something that is done in the transaction
     * of a new job or not at all, such as an audit record of who ordered it.
     */
    public Uni<Job> submit(
            String kind,
            String name,
            JsonNode config,
            Function<SqlConnection, Uni<Void>> alongside) {
        if (!worker.knows(kind)) {
            throw new IllegalArgumentException("no handler runs jobs of kind " + kind);
        }
        if (name != null && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a job's name is 1 to 200 printable characters");
        }
        UUID id = UuidCreator.getTimeOrderedEpoch();
        return store.insert(id, kind, name == null ? id.toString() : name, config, alongside)
                .invoke(worker::poke);
    }

    /** Empty if there is no such job. */
    public Uni<Optional<Job>> find(UUID id) {
        return store.find(id);
    }

    /** Empty if there is no such job. */
    public Uni<Optional<Job>> findByName(String kind, String name) {
        return store.findByName(kind, name);
    }

    /**
     * Jobs of a kind, newest first.
     *
     * @param limit 1 to 1000
     * @param before only jobs older than this one; null to start with the newest
     */
    public Uni<List<Job>> list(String kind, int limit, UUID before) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit is 1 to 1000, not " + limit);
        }
        return store.list(kind, limit, before);
    }

    /**
     * Cancels a job: at once where no worker runs it, else as soon as its worker learns of it (here
     * immediately, elsewhere within a poll); until then it is still running. A job that ended stays
     * as it is. Idempotent.
     *
     * @return the job after that; fails with 404 if there is none
     */
    public Uni<Job> cancel(UUID id) {
        return store.requestCancel(id)
                .invoke(
                        changed -> {
                            if (changed.isPresent()) {
                                worker.cancelHere(id);
                                signals.changed(id);
                            }
                        })
                .flatMap(
                        changed ->
                                changed.map(job -> Uni.createFrom().item(job))
                                        .orElseGet(() -> existing(id)));
    }

    /**
     * Makes a waiting job run again. One that runs right now will not stay parked when it parks; in
     * any other state nothing happens.
     *
     * @return the job after that; fails with 404 if there is none
     */
    public Uni<Job> wake(UUID id) {
        return store.wake(id).invoke(worker::poke).chain(() -> existing(id));
    }

    /**
     * Has a job that failed or was cancelled run again, from its checkpoint. Asked by two at once,
     * it restarts once.
     *
     * @param alongside done in the transaction of the restart or not at all, such as an audit
     *     record of who wanted it
     * @return the job after that; empty, and nothing is done, where there is no such job or it is
     *     in any other state
     */
    public Uni<Optional<Job>> restart(UUID id, Function<SqlConnection, Uni<Void>> alongside) {
        return store.restart(id, alongside)
                .invoke(
                        restarted -> {
                            if (restarted.isPresent()) {
                                worker.poke();
                                signals.changed(id);
                            }
                        });
    }

    /**
     * Waits for the job's end.
     *
     * @return the job in whatever state it is when it ended or the time is up; fails with 404 if
     *     there is none
     */
    public Uni<Job> awaitEnd(UUID id, Duration atMost) {
        if (atMost.isZero() || atMost.isNegative()) {
            return existing(id);
        }
        return Uni.createFrom()
                .deferred(
                        () ->
                                changes(id)
                                        .filter(job -> job.state().ended())
                                        .toUni()
                                        .ifNoItem()
                                        .after(atMost)
                                        .recoverWithUni(() -> existing(id))
                                        .emitOn(callersContext()));
    }

    /**
     * The job as it is now, then each change, until its end state, with which the stream completes.
     * Changes that follow one another quickly may show as one. Fails with 404 if there is no such
     * job.
     */
    public Multi<Job> events(UUID id) {
        return Multi.createFrom().deferred(() -> changes(id).emitOn(callersContext()));
    }

    private Multi<Job> changes(UUID id) {
        Multi<UUID> polls =
                Multi.createFrom()
                        .ticks()
                        .every(settings.poll())
                        .onOverflow()
                        .drop()
                        .map(tick -> id);
        return Multi.createBy()
                .merging()
                .streams(polls, signals.of(id))
                .onItem()
                .transformToUniAndConcatenate(look -> existing(id))
                .skip()
                .repetitions(Comparator.comparingLong(Job::version))
                .onItem()
                .transformToMultiAndConcatenate(Jobs::withEnd)
                .select()
                .first(Optional::isPresent)
                .map(Optional::orElseThrow);
    }

    /** An end state is followed by an empty item, at which the stream completes. */
    private static Multi<Optional<Job>> withEnd(Job job) {
        return job.state().ended()
                ? Multi.createFrom().items(Optional.of(job), Optional.empty())
                : Multi.createFrom().item(Optional.of(job));
    }

    /**
     * What follows a wait goes on where it began, so that a caller's reactive session works there.
     */
    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null
                ? Infrastructure.getDefaultExecutor()
                : MutinyHelper.executor(context);
    }

    /** Fails with 404 if there is no such job. */
    Uni<Job> existing(UUID id) {
        return store.find(id)
                .map(
                        job ->
                                job.orElseThrow(
                                        () ->
                                                ProblemException.notFound(
                                                        "There is no job " + id + ".")));
    }
}
