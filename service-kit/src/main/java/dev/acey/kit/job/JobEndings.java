package dev.acey.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * How a run ends, each way written once and fenced; then the job is let go. While the database is
 * away the write is tried again for as long as the lease lasts.
 */
final class JobEndings {

    private static final Logger LOG = Logger.getLogger(JobEndings.class);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

    private final JobStore store;
    private final JobSettings settings;
    private final JobMetrics metrics;
    private final Consumer<HeldJob> letGo;

    JobEndings(JobStore store, JobSettings settings, JobMetrics metrics, Consumer<HeldJob> letGo) {
        this.store = store;
        this.settings = settings;
        this.metrics = metrics;
        this.letGo = letGo;
    }

    /** The handler returned. */
    void completed(HeldJob job, JsonNode result) {
        write(
                job,
                () ->
                        store.complete(job.lease(), result, job.run().latest())
                                .onFailure(f -> !Dependencies.isDown(f) && !isLost(f))
                                .recoverWithUni(
                                        f -> {
                                            LOG.errorf(f, "%s: its result cannot be kept", job);
                                            return store.fail(job.lease(), errorOf(job, f));
                                        }));
    }

    /** The handler failed. */
    void failed(HeldJob job, Throwable failure) {
        if (failure instanceof JobRun.Parked) {
            letGo.accept(job);
        } else if (isLost(failure)) {
            LOG.warnf("%s: its lease was lost", job);
            letGo.accept(job);
        } else if (Dependencies.isDown(failure) && job.retries() + 1 < settings.maxAttempts()) {
            LOG.infof("%s is tried again later: %s", job, failure);
            metrics.retried(job.job().kind()).increment();
            write(
                    job,
                    () -> store.retry(job.lease(), backOff(job.retries()), errorOf(job, failure)));
        } else {
            if (failure instanceof ProblemException) {
                LOG.infof("%s failed: %s", job, failure.getMessage());
            } else {
                LOG.errorf(failure, "%s failed", job);
            }
            fail(job, errorOf(job, failure));
        }
    }

    /** Worker after worker was lost with this job. */
    void workersLost(HeldJob job, int times) {
        if (job.stop()) {
            LOG.errorf("%s failed: its worker was lost %d times in a row", job, times);
            fail(job, JobError.lostWorkers(times));
        }
    }

    /** The job is to be cancelled; nothing happens if the run is over already. */
    void cancelled(HeldJob job) {
        if (job.stop()) {
            write(job, () -> store.cancelled(job.lease()));
        }
    }

    /** The lease is, or may be, another's; nothing is left to write. */
    void lost(HeldJob job) {
        if (job.stop()) {
            LOG.warnf("%s: its lease was lost", job);
            letGo.accept(job);
        }
    }

    private void fail(HeldJob job, JobError error) {
        metrics.failed(job.job().kind()).increment();
        write(job, () -> store.fail(job.lease(), error));
    }

    private void write(HeldJob job, Supplier<Uni<Void>> write) {
        Uni.createFrom()
                .deferred(() -> write.get())
                .onFailure(Dependencies::isDown)
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .expireIn(settings.lease().toMillis())
                .subscribe()
                .with(
                        done -> letGo.accept(job),
                        failure -> {
                            LOG.warnf("%s: how it ended was not written: %s", job, failure);
                            letGo.accept(job);
                        });
    }

    private Duration backOff(int retries) {
        Duration doubled = settings.backOff().multipliedBy(1L << Math.min(retries, 16));
        return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
    }

    private static JobError errorOf(HeldJob job, Throwable failure) {
        return JobError.of(job.job().id(), failure);
    }

    private static boolean isLost(Throwable failure) {
        return failure instanceof LostLease;
    }
}
