package dev.acey.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * This replica's worker: takes due jobs while it has room, renews their leases, and writes how they
 * ended. What it holds in memory is only what it runs right now; the truth is in the table.
 */
@Singleton
class JobWorker {

    private static final Logger LOG = Logger.getLogger(JobWorker.class);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

    private final Map<String, JobHandler> handlers;
    private final JobStore store;
    private final JobSignals signals;
    private final JobSettings settings;
    private final MeterRegistry metrics;
    private final Vertx vertx;
    private final String owner;

    private final Map<Lease, HeldJob> held = new ConcurrentHashMap<>();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final AtomicBoolean tickAgain = new AtomicBoolean();
    private final AtomicBoolean databaseDown = new AtomicBoolean();
    private volatile boolean running;
    private Context context;
    private long timer;

    JobWorker(
            @All List<JobHandler> handlers,
            JobStore store,
            JobSignals signals,
            JobSettings settings,
            MeterRegistry metrics,
            Vertx vertx) {
        this.handlers =
                handlers.stream().collect(Collectors.toMap(JobHandler::kind, Function.identity()));
        this.store = store;
        this.signals = signals;
        this.settings = settings;
        this.metrics = metrics;
        this.vertx = vertx;
        this.owner = hostName() + "/" + UUID.randomUUID();
    }

    boolean knows(String kind) {
        return handlers.containsKey(kind);
    }

    void start() {
        if (handlers.isEmpty()) {
            return;
        }
        for (String kind : handlers.keySet()) {
            Gauge.builder("acey.jobs.running", this, worker -> worker.countRunning(kind))
                    .tag("kind", kind)
                    .description("Jobs this replica runs right now")
                    .register(metrics);
            count("claimed", kind, 0);
            count("retried", kind, 0);
            count("failed", kind, 0);
        }
        running = true;
        context = vertx.getOrCreateContext();
        timer =
                vertx.setPeriodic(
                        settings.poll().toMillis(),
                        id -> {
                            loseExpired();
                            tick();
                        });
        poke();
    }

    /** Looks for work now instead of at the next poll. */
    void poke() {
        if (running) {
            context.runOnContext(ignored -> tick());
        }
    }

    /** Tells a run of this replica that its job is to be cancelled, before the database does. */
    void cancelHere(UUID job) {
        held.values().stream().filter(h -> h.job().id().equals(job)).forEach(this::cancel);
    }

    /**
     * Stops taking jobs and gives back those it runs, so that another worker starts them at once.
     */
    Uni<Void> stop() {
        if (!running) {
            return Uni.createFrom().voidItem();
        }
        running = false;
        vertx.cancelTimer(timer);
        return Multi.createFrom()
                .iterable(List.copyOf(held.values()))
                .filter(HeldJob::stop)
                .onItem()
                .transformToUniAndConcatenate(
                        h ->
                                store.release(h.lease())
                                        .onFailure()
                                        .invoke(f -> LOG.warnf("%s was not given back: %s", h, f))
                                        .onFailure()
                                        .recoverWithNull())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private void tick() {
        if (!running) {
            return;
        }
        if (!ticking.compareAndSet(false, true)) {
            tickAgain.set(true);
            return;
        }
        renew().chain(this::claim)
                .subscribe()
                .with(
                        done -> {
                            if (databaseDown.compareAndSet(true, false)) {
                                LOG.info("jobs go on: the database answers again");
                            }
                            ticked();
                        },
                        failure -> {
                            if (!Dependencies.isDown(failure)) {
                                LOG.error("the job worker's poll failed", failure);
                            } else if (databaseDown.compareAndSet(false, true)) {
                                LOG.warnf("jobs wait for the database: %s", failure);
                            }
                            ticked();
                        });
    }

    private void ticked() {
        ticking.set(false);
        if (tickAgain.compareAndSet(true, false)) {
            tick();
        }
    }

    private Uni<Void> renew() {
        List<HeldJob> jobs = List.copyOf(held.values());
        if (jobs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        long askedAt = System.nanoTime();
        return store.renew(jobs.stream().map(HeldJob::lease).toList(), settings.lease())
                .ifNoItem()
                .after(patience())
                .fail()
                .invoke(
                        answer -> {
                            for (HeldJob job : jobs) {
                                Boolean cancel = answer.get(job.lease());
                                if (cancel == null) {
                                    lose(job);
                                    continue;
                                }
                                job.renewedAt(askedAt);
                                if (cancel) {
                                    cancel(job);
                                }
                            }
                        })
                .replaceWithVoid();
    }

    private Uni<Void> claim() {
        int room = settings.concurrency() - held.size();
        if (room <= 0 || !running) {
            return Uni.createFrom().voidItem();
        }
        long askedAt = System.nanoTime();
        return store.claim(owner, handlers.keySet(), room, settings.lease())
                .ifNoItem()
                .after(patience())
                .fail()
                .invoke(claims -> claims.forEach(claim -> take(claim, askedAt)))
                .replaceWithVoid();
    }

    /** How long the database may take to answer before the worker asks anew. */
    private Duration patience() {
        return settings.lease().dividedBy(3);
    }

    private void take(JobStore.Claim claim, long claimedAt) {
        Job job = claim.job();
        count("claimed", job.kind(), 1);
        signals.changed(job.id());
        HeldJob taken = new HeldJob(claim, new JobRun(job, claim.lease(), store, signals), vertx);
        taken.renewedAt(claimedAt);
        held.put(taken.lease(), taken);
        if (claim.takenOver()) {
            LOG.warnf("%s taken over: its worker was lost", taken);
        }
        if (claim.cancelRequested()) {
            cancel(taken);
        } else if (claim.takenOver() && claim.retries() >= settings.maxAttempts()) {
            if (taken.stop()) {
                fail(taken, JobError.lostWorkers(claim.retries()));
            }
        } else {
            taken.start(
                    handlers.get(job.kind()),
                    result -> complete(taken, result),
                    failure -> handlerFailed(taken, failure));
        }
    }

    private void complete(HeldJob job, JsonNode result) {
        Uni<Void> write =
                Uni.createFrom()
                        .deferred(() -> store.complete(job.lease(), result, job.run().latest()));
        end(job, write);
    }

    private void handlerFailed(HeldJob job, Throwable failure) {
        if (failure instanceof JobRun.Parked) {
            letGo(job);
        } else if (failure instanceof LostLease) {
            LOG.warnf("%s was lost to another worker", job);
            letGo(job);
        } else if (Dependencies.isDown(failure) && job.retries() + 1 < settings.maxAttempts()) {
            LOG.infof("%s is tried again later: %s", job, failure);
            count("retried", job.job().kind(), 1);
            Duration backOff = backOff(job.retries());
            JobError error = JobError.of(job.job().id(), failure);
            end(job, Uni.createFrom().deferred(() -> store.retry(job.lease(), backOff, error)));
        } else {
            if (failure instanceof ProblemException) {
                LOG.infof("%s failed: %s", job, failure.getMessage());
            } else {
                LOG.errorf(failure, "%s failed", job);
            }
            fail(job, JobError.of(job.job().id(), failure));
        }
    }

    private void fail(HeldJob job, JobError error) {
        count("failed", job.job().kind(), 1);
        end(job, Uni.createFrom().deferred(() -> store.fail(job.lease(), error)));
    }

    private void cancel(HeldJob job) {
        if (job.stop()) {
            end(job, Uni.createFrom().deferred(() -> store.cancelled(job.lease())));
        }
    }

    private void lose(HeldJob job) {
        if (job.stop()) {
            LOG.warnf("%s was lost to another worker", job);
            letGo(job);
        }
    }

    /**
     * A lease that could not be renewed in time may be another's by now, whatever the database
     * says.
     */
    private void loseExpired() {
        long now = System.nanoTime();
        held.values().stream()
                .filter(job -> now - job.renewedAt() > settings.lease().toNanos())
                .forEach(this::lose);
    }

    /** Writes how the run ended, as long as it takes while the lease lasts. */
    private void end(HeldJob job, Uni<Void> write) {
        write.onFailure(Dependencies::isDown)
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .expireIn(settings.lease().toMillis())
                .subscribe()
                .with(
                        done -> letGo(job),
                        failure -> {
                            LOG.warnf("%s: how it ended was not written: %s", job, failure);
                            letGo(job);
                        });
    }

    private void letGo(HeldJob job) {
        held.remove(job.lease());
        signals.changed(job.job().id());
        poke();
    }

    private Duration backOff(int retries) {
        Duration doubled = settings.backOff().multipliedBy(1L << Math.min(retries, 16));
        return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
    }

    private long countRunning(String kind) {
        return held.values().stream().filter(h -> h.job().kind().equals(kind)).count();
    }

    private void count(String what, String kind, int by) {
        metrics.counter("acey.jobs." + what, "kind", kind).increment(by);
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        return name == null ? "localhost" : name;
    }
}
