package dev.acey.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.event.Event;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One worker's run of one job: what its handler reads and writes. Every write is fenced: it fails
 * with {@link LostLease} once another worker took over. Writes follow one another; a handler starts
 * none before the one before is done.
 */
public final class JobRun {

    private static final long WRITE_EVERY_NANOS = Duration.ofMillis(500).toNanos();

    private final Job job;
    private final Lease lease;
    private final JobStore store;
    private final JobSignals signals;

    private volatile boolean cancelled;
    private volatile boolean checkpointed;
    private volatile Progress latest;
    private Pace pace;
    private Long writtenAt;

    JobRun(Job job, Lease lease, JobStore store, JobSignals signals) {
        this.job = job;
        this.lease = lease;
        this.store = store;
        this.signals = signals;
        this.latest = job.progress();
    }

    /** The job as this run found it; its checkpoint is where to go on from. */
    public Job job() {
        return job;
    }

    /**
     * Tells how far the job has come. Cheap to call often: at most two a second are written, and
     * the latest when the job completes.
     *
     * @param done units done, not negative
     * @param total units in all, not negative; 0 while unknown
     */
    public Uni<Void> progress(long done, long total) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            long now = System.nanoTime();
                            if (pace == null) {
                                pace = new Pace(done, now);
                            }
                            latest = new Progress(done, total, pace.eta(done, total, now));
                            if (writtenAt != null && now - writtenAt < WRITE_EVERY_NANOS) {
                                return Uni.createFrom().voidItem();
                            }
                            writtenAt = now;
                            return announced(store.progress(lease, latest));
                        });
    }

    /**
     * Records where a later run goes on from; durable when it completes. It also clears the count
     * of faults in a row.
     */
    public Uni<Void> checkpoint(JsonNode checkpoint) {
        return checkpoint(checkpoint, List.of());
    }

    /** As {@link #checkpoint(JsonNode)}, and tells the outbox in the same transaction. */
    public Uni<Void> checkpoint(JsonNode checkpoint, List<Event> told) {
        return Uni.createFrom()
                .deferred(() -> announced(store.checkpoint(lease, checkpoint, told)))
                .invoke(() -> checkpointed = true);
    }

    /**
     * Ends this run and holds no worker until {@link Jobs#wake} is called; then the job runs anew
     * from its checkpoint. A wake-up that came during this run counts. The handler returns this
     * Uni; it never has an item.
     */
    public Uni<JsonNode> park() {
        return park(null);
    }

    /** As {@link #park()}, but runs anew at this time at the latest. */
    public Uni<JsonNode> parkUntil(Instant notBefore) {
        return park(notBefore);
    }

    /**
     * Whether the job was cancelled or its lease lost: what the run does from here on is in vain.
     * The handler's Uni is cancelled too, but code that blocks has to ask.
     */
    public boolean cancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
    }

    boolean checkpointed() {
        return checkpointed;
    }

    Progress latest() {
        return latest;
    }

    private Uni<JsonNode> park(Instant notBefore) {
        return Uni.createFrom()
                .deferred(() -> announced(store.park(lease, notBefore)))
                .chain(() -> Uni.createFrom().failure(new Parked()));
    }

    private Uni<Void> announced(Uni<Void> write) {
        return write.invoke(() -> signals.changed(job.id()));
    }

    /** How a parked run leaves its handler. */
    static final class Parked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Parked() {
            super("the job is parked", null, false, false);
        }
    }

    /** Where and when this run began to count. */
    record Pace(long firstDone, long firstNanos) {

        Integer eta(long done, long total, long now) {
            if (done <= firstDone || total < done) {
                return null;
            }
            double seconds = (now - firstNanos) / 1e9 * (total - done) / (done - firstDone);
            return (int) Math.min(Integer.MAX_VALUE, Math.ceil(seconds));
        }
    }
}
