package dev.acey.log.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.entry.LogEntry;
import dev.acey.log.collect.PostQueue.Post;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PostQueueTest {

    private static final int MOST = 40;
    private static final long MOST_BYTES = 2_000;
    private static final int COMMITS = 2;
    private static final AtomicLong POSTS = new AtomicLong();

    /** Numbers are what happens next: below 0 a commit ends, 0 one is begun, above a post comes. */
    @Property(tries = 300)
    void everyPostIsHandedOutOnceAndInOrderAndNoMoreCommitsRunThanMay(
            @ForAll @Size(max = 200) List<@IntRange(min = -3, max = 150) Integer> events) {
        PostQueue queue = new PostQueue(MOST, MOST_BYTES, COMMITS);
        List<Post> taken = new ArrayList<>();
        List<Post> handedOut = new ArrayList<>();
        int running = 0;
        for (int event : events) {
            if (event > 0) {
                // A few ids, so that posts of one id meet.
                Post post = post(new UUID(0, event % 20), event);
                long bytes = bytes(taken) - bytes(handedOut);
                boolean room =
                        taken.size() - handedOut.size() < MOST && bytes + event <= MOST_BYTES;
                assertEquals(room, queue.offer(post));
                if (room) {
                    taken.add(post);
                }
            } else if (event < 0 && running > 0) {
                queue.free();
                running--;
            } else {
                running += begin(queue, handedOut, running);
            }
            assertEquals(taken.size() - handedOut.size(), queue.size());
        }
        while (handedOut.size() < taken.size()) {
            queue.free();
            begin(queue, handedOut, COMMITS - 1);
        }
        assertEquals(inOrderOfComing(taken), inOrderOfComing(handedOut));
        assertEquals(taken.size(), handedOut.stream().distinct().count());
    }

    @Test
    void aBatchEndsWhereItIsLarge() {
        PostQueue queue = new PostQueue(1_000, Long.MAX_VALUE, COMMITS);
        for (int i = 0; i < 5; i++) {
            queue.offer(post(new UUID(0, i), PostQueue.BYTES_A_BATCH / 2));
        }
        assertEquals(2, queue.take().size());
        assertEquals(2, queue.take().size());
        assertTrue(queue.take().isEmpty());
        queue.free();
        assertEquals(1, queue.take().size());
    }

    @Test
    void aBatchHasABoundInEntries() {
        PostQueue queue = new PostQueue(1_000, Long.MAX_VALUE, COMMITS);
        for (int i = 0; i < PostQueue.ENTRIES_A_BATCH + 1; i++) {
            assertTrue(queue.offer(post(new UUID(0, i), 1)));
        }
        assertEquals(PostQueue.ENTRIES_A_BATCH, queue.take().size());
        assertEquals(1, queue.take().size());
    }

    /** Takes a batch and checks it; 1 if there was one. */
    private static int begin(PostQueue queue, List<Post> handedOut, int running) {
        Map<UUID, List<Post>> batch = queue.take();
        if (running == COMMITS) {
            assertTrue(batch.isEmpty());
        }
        batch.forEach(
                (id, posts) -> {
                    assertFalse(posts.isEmpty());
                    posts.forEach(post -> assertEquals(id, post.entry().id()));
                    assertEquals(inOrderOfComing(posts), posts);
                    handedOut.addAll(posts);
                });
        return batch.isEmpty() ? 0 : 1;
    }

    private static List<Post> inOrderOfComing(List<Post> posts) {
        return posts.stream().sorted((a, b) -> Long.compare(a.since(), b.since())).toList();
    }

    private static long bytes(List<Post> posts) {
        return posts.stream().mapToLong(post -> post.entry().body().length()).sum();
    }

    private static Post post(UUID id, int bytes) {
        LogEntry entry =
                new LogEntry(
                        null, "a", null, null, null, null, null, null, null, null, null, null, null,
                        null, null, null, null, null);
        NewEntry row =
                new NewEntry(
                        entry.stored(id, Instant.EPOCH, null, null, null),
                        null,
                        null,
                        Buffer.buffer(new byte[bytes]));
        return new Post(row, null, POSTS.incrementAndGet());
    }
}
