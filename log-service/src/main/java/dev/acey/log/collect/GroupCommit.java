package dev.acey.log.collect;

import dev.acey.kit.problem.ProblemException;
import dev.acey.log.collect.PostQueue.Post;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Lets entries that are posted one at a time share commits. While a commit runs, what arrives waits
 * and forms the next batch; nothing ever waits for a batch to fill.
 */
@Singleton
class GroupCommit {

    /** While one is at the disk, the next is on its way there. */
    private static final int COMMITS = 2;

    private static final int MOST_WAITING = 5_000;
    private static final long MOST_BYTES_WAITING = 16 << 20;

    /** Whoever waits longer is answered 503, stored or not. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final PostQueue queue = new PostQueue(MOST_WAITING, MOST_BYTES_WAITING, COMMITS);
    private final EntryWriter writer;
    private final DistributionSummary batchSize;
    private final Timer wait;
    private final Counter turnedAway;

    GroupCommit(EntryWriter writer, MeterRegistry metrics) {
        this.writer = writer;
        batchSize = metrics.summary("acey_log_post_batch_entries");
        wait = metrics.timer("acey_log_post_wait");
        turnedAway = metrics.counter("acey_log_entries", "outcome", "turned_away");
        metrics.gauge("acey_log_post_queue_entries", queue, PostQueue::size);
    }

    /**
     * Completes when the entry is committed: with true if it is new, with false if its id was known
     * already. Fails with 503 where too many wait, or where the database is away.
     */
    Uni<Boolean> add(NewEntry entry) {
        return Uni.createFrom()
                .emitter(
                        added -> {
                            if (queue.offer(new Post(entry, added, System.nanoTime()))) {
                                commitWaiting();
                            } else {
                                turnedAway.increment();
                                added.fail(
                                        ProblemException.unavailable(
                                                "Too many entries wait to be stored."));
                            }
                        });
    }

    private void commitWaiting() {
        for (Map<UUID, List<Post>> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            commit(batch);
        }
    }

    private void commit(Map<UUID, List<Post>> batch) {
        long now = System.nanoTime();
        batch.values().forEach(posts -> posts.forEach(post -> recordWait(post, now)));
        batch.values().removeIf(posts -> isTooLate(posts, now));
        batchSize.record(batch.size());
        List<NewEntry> entries =
                batch.values().stream().map(posts -> posts.get(0).entry()).toList();
        writer.store(entries)
                .onTermination()
                .invoke(queue::free)
                .subscribe()
                .with(
                        stored -> {
                            commitWaiting();
                            batch.forEach((id, posts) -> answer(posts, id, stored));
                        },
                        failure -> {
                            commitWaiting();
                            batch.values().forEach(posts -> fail(posts, failure));
                        });
    }

    private void recordWait(Post post, long now) {
        wait.record(now - post.since(), TimeUnit.NANOSECONDS);
    }

    private static boolean isTooLate(List<Post> posts, long now) {
        boolean tooLate = now - posts.get(0).since() > LONGEST_WAIT_NANOS;
        if (tooLate) {
            fail(posts, ProblemException.unavailable("The database does not answer in time."));
        }
        return tooLate;
    }

    private static void answer(List<Post> posts, UUID id, Stored stored) {
        Throwable refusal = stored.refused().get(id);
        if (refusal != null) {
            fail(posts, refusal);
            return;
        }
        posts.get(0).added().complete(stored.added().contains(id));
        posts.stream().skip(1).forEach(post -> post.added().complete(false));
    }

    private static void fail(List<Post> posts, Throwable failure) {
        posts.forEach(post -> post.added().fail(failure));
    }
}
