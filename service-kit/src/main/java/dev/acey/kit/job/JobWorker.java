package dev.acey.kit.job;

import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
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
 * This replica's worker: takes due jobs while it has room and renews their leases. What it holds in
 * memory is only what it runs right now; the truth is in the table.
 */
@Singleton
class JobWorker {

    private static final Logger LOG = Logger.getLogger(JobWorker.class);

    private final Map<String, JobHandler> handlers;
    private final JobStore store;
    private final JobSignals signals;
    private final JobSettings settings;
    private final JobMetrics metrics;
    private final JobEndings endings;
    private final Vertx vertx;
    private final String owner;

    private final Map<Lease, HeldJob> held = new ConcurrentHashMap<>();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final AtomicBoolean claimAgain = new AtomicBoolean();
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
        this.metrics = new JobMetrics(metrics);
        this.endings = new JobEndings(store, settings, this.metrics, this::letGo);
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
        if (settings.poll().multipliedBy(3).compareTo(settings.lease()) > 0) {
            throw new IllegalStateException(
                    "acey.jobs.poll="
                            + settings.poll()
                            + " must be at most a third of acey.jobs.lease="
                            + settings.lease()
                            + ", or leases end before they are renewed");
        }
        handlers.keySet().forEach(kind -> metrics.register(kind, () -> countRunning(kind)));
        running = true;
        context = vertx.getOrCreateContext();
        timer = vertx.setPeriodic(settings.poll().toMillis(), id -> poll());
        poke();
    }

    /** Looks for work now instead of at the next poll. */
    void poke() {
        if (running) {
            context.runOnContext(ignored -> claim());
        }
    }

    /** Tells a run of this replica that its job is to be cancelled, before the database does. */
    void cancelHere(UUID job) {
        held.values().stream().filter(h -> h.job().id().equals(job)).forEach(endings::cancelled);
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
                .transformToUniAndConcatenate(job -> giveBack(job.lease()))
                .collect()
                .last();
    }

    private Uni<Void> giveBack(Lease lease) {
        return store.release(lease)
                .onFailure()
                .invoke(f -> LOG.warnf("job %s was not given back: %s", lease.job(), f))
                .onFailure()
                .recoverWithNull();
    }

    private void poll() {
        loseExpired();
        renew();
        claim();
    }

    /**
     * A lease that could not be renewed in time may be another's by now, whatever the database
     * says.
     */
    private void loseExpired() {
        long now = System.nanoTime();
        held.values().stream()
                .filter(job -> now - job.renewedAt() > settings.lease().toNanos())
                .forEach(endings::lost);
    }

    private void renew() {
        List<HeldJob> jobs = List.copyOf(held.values());
        if (jobs.isEmpty() || !renewing.compareAndSet(false, true)) {
            return;
        }
        long askedAt = System.nanoTime();
        inTime(
                        store.renew(jobs.stream().map(HeldJob::lease).toList(), settings.lease()),
                        settings.lease().dividedBy(3))
                .invoke(answer -> jobs.forEach(job -> renewed(job, answer, askedAt)))
                .onTermination()
                .invoke(() -> renewing.set(false))
                .subscribe()
                .with(done -> databaseAnswered(), this::pollFailed);
    }

    private void renewed(HeldJob job, Map<Lease, Boolean> answer, long askedAt) {
        Boolean cancel = answer.get(job.lease());
        if (cancel == null) {
            endings.lost(job);
            return;
        }
        job.renewedAt(askedAt);
        if (cancel) {
            endings.cancelled(job);
        }
    }

    /** Waits for the answer as long as what it takes is worth having: a lease. */
    private void claim() {
        int room = settings.concurrency() - held.size();
        if (!running || room <= 0) {
            return;
        }
        if (!claiming.compareAndSet(false, true)) {
            claimAgain.set(true);
            return;
        }
        long askedAt = System.nanoTime();
        inTime(store.claim(owner, handlers.keySet(), room, settings.lease()), settings.lease())
                .invoke(claims -> claims.forEach(claim -> take(claim, askedAt)))
                .onTermination()
                .invoke(() -> claiming.set(false))
                .subscribe()
                .with(
                        claims -> {
                            databaseAnswered();
                            if (claimAgain.compareAndSet(true, false)) {
                                claim();
                            }
                        },
                        this::pollFailed);
    }

    private void take(JobStore.Claim claim, long claimedAt) {
        if (!running) {
            giveBack(claim.lease())
                    .subscribe()
                    .with(done -> LOG.debugf("job %s came too late", claim.lease().job()));
            return;
        }
        Job job = claim.job();
        HeldJob taken = new HeldJob(claim, new JobRun(job, claim.lease(), store, signals), vertx);
        taken.renewedAt(claimedAt);
        held.put(taken.lease(), taken);
        metrics.claimed(job.kind()).increment();
        signals.changed(job.id());
        if (claim.takenOver()) {
            LOG.warnf("%s taken over: its worker was lost", taken);
        }
        if (claim.cancelRequested()) {
            endings.cancelled(taken);
        } else if (claim.takenOver() && claim.retries() >= settings.maxAttempts()) {
            endings.workersLost(taken, claim.retries());
        } else {
            taken.start(
                    handlers.get(job.kind()),
                    result -> endings.completed(taken, result),
                    failure -> endings.failed(taken, failure));
        }
    }

    private void letGo(HeldJob job) {
        held.remove(job.lease());
        signals.changed(job.job().id());
        poke();
    }

    private void databaseAnswered() {
        if (databaseDown.compareAndSet(true, false)) {
            LOG.info("jobs go on: the database answers again");
        }
    }

    private void pollFailed(Throwable failure) {
        if (!Dependencies.isDown(failure)) {
            LOG.error("the job worker's poll failed", failure);
        } else if (databaseDown.compareAndSet(false, true)) {
            LOG.warnf("jobs wait for the database: %s", failure);
        }
    }

    private long countRunning(String kind) {
        return held.values().stream().filter(h -> h.job().kind().equals(kind)).count();
    }

    private static <T> Uni<T> inTime(Uni<T> answer, Duration patience) {
        return answer.ifNoItem()
                .after(patience)
                .failWith(() -> ProblemException.unavailable("the database is too slow"));
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        return name == null ? "localhost" : name;
    }
}
