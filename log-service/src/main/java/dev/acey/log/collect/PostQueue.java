package dev.acey.log.collect;

import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Entries that wait for a commit, in the order in which they came, with a bound on how many and how
 * much. Batches are handed out as long as a commit is free.
 */
final class PostQueue {

    /** What one commit takes at most. */
    static final int ENTRIES_A_BATCH = 500;

    static final int BYTES_A_BATCH = 1 << 20;

    private final int most;
    private final long mostBytes;
    private final Deque<Post> posts = new ArrayDeque<>();
    private long bytes;
    private int freeCommits;

    /**
     * @param commits how many may run at once
     */
    PostQueue(int most, long mostBytes, int commits) {
        this.most = most;
        this.mostBytes = mostBytes;
        this.freeCommits = commits;
    }

    /**
     * One entry whose sender waits.
     *
     * @param added is told whether the entry is new, or why it cannot be stored
     * @param since {@link System#nanoTime}
     */
    record Post(NewEntry entry, UniEmitter<? super Boolean> added, long since) {}

    /** Whether there was room. */
    synchronized boolean offer(Post post) {
        if (posts.size() >= most || bytes + size(post) > mostBytes) {
            return false;
        }
        posts.add(post);
        bytes += size(post);
        return true;
    }

    /**
     * The next batch: by id, those who post it, the first of them first. Empty while no commit is
     * free or nothing waits; otherwise the caller has the commit until {@link #free}.
     */
    synchronized Map<UUID, List<Post>> take() {
        Map<UUID, List<Post>> batch = new LinkedHashMap<>();
        if (freeCommits == 0) {
            return batch;
        }
        long batchBytes = 0;
        while (!posts.isEmpty() && batch.size() < ENTRIES_A_BATCH && batchBytes < BYTES_A_BATCH) {
            Post post = posts.remove();
            bytes -= size(post);
            batchBytes += size(post);
            batch.computeIfAbsent(post.entry().id(), id -> new ArrayList<>(1)).add(post);
        }
        if (!batch.isEmpty()) {
            freeCommits--;
        }
        return batch;
    }

    /** A commit has ended. */
    synchronized void free() {
        freeCommits++;
    }

    synchronized int size() {
        return posts.size();
    }

    private static int size(Post post) {
        return post.entry().body().length();
    }
}
