package dev.acey.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A job this replica holds, and the handler's run of it, which ends exactly once. */
final class HeldJob {

    private final JobStore.Claim claim;
    private final JobRun run;
    private final Context context;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long renewedAt;
    private Cancellable subscription;

    HeldJob(JobStore.Claim claim, JobRun run, Vertx vertx) {
        this.claim = claim;
        this.run = run;
        this.context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
    }

    /** Runs the handler; calls back unless the run was stopped before. */
    void start(JobHandler handler, Consumer<JsonNode> item, Consumer<Throwable> failure) {
        context.runOnContext(
                ignored -> {
                    if (over.get()) {
                        return;
                    }
                    subscription =
                            Uni.createFrom()
                                    .deferred(() -> handler.run(run))
                                    .subscribe()
                                    .with(
                                            result -> {
                                                if (over.compareAndSet(false, true)) {
                                                    item.accept(result);
                                                }
                                            },
                                            fault -> {
                                                if (over.compareAndSet(false, true)) {
                                                    failure.accept(fault);
                                                }
                                            });
                });
    }

    /** Stops the run; false if it was over already. */
    boolean stop() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        run.cancel();
        context.runOnContext(
                ignored -> {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                });
        return true;
    }

    Job job() {
        return claim.job();
    }

    Lease lease() {
        return claim.lease();
    }

    JobRun run() {
        return run;
    }

    /** Faults in a row: a checkpoint of this run clears those before. */
    int retries() {
        return run.checkpointed() ? 0 : claim.retries();
    }

    long renewedAt() {
        return renewedAt;
    }

    /**
     * System.nanoTime when the renewal was asked for, so that we never hold longer than allowed.
     */
    void renewedAt(long nanos) {
        renewedAt = nanos;
    }

    @Override
    public String toString() {
        return "job " + job().kind() + " " + job().name();
    }
}
