package dev.acey.rollout.spool;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The one thread that appends. What comes while it writes goes together next time, so that a write
 * and a sync are shared by all who wait.
 */
final class GroupWriter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(GroupWriter.class);
    private static final int MOST_TOGETHER = 4 << 20;
    private static final long FAILING_SECONDS = 1;

    private final SpoolFiles files;
    private final boolean syncEach;
    private final ScheduledExecutorService thread;
    private final Deque<Pending> queue = new ArrayDeque<>();
    private boolean scheduled;
    private boolean dirty;
    private volatile boolean failing;

    GroupWriter(SpoolFiles files, SpoolSettings settings) {
        this.files = files;
        this.syncEach = settings.fsync() == SpoolSettings.Fsync.EACH;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread writer = new Thread(task, "spool-writer");
                            writer.setDaemon(true);
                            return writer;
                        });
        if (settings.fsync() == SpoolSettings.Fsync.INTERVAL) {
            long millis = settings.fsyncInterval().toMillis();
            var ticks =
                    thread.scheduleWithFixedDelay(
                            this::sync, millis, millis, TimeUnit.MILLISECONDS);
            LOG.debugf("The spool is forced to the disk every %s ms: %s", millis, ticks);
        }
    }

    /** Records, and who waits for them. */
    record Pending(List<SpoolRecord> records, Runnable done, Consumer<Throwable> failed) {

        int bytes() {
            return records.stream().mapToInt(Frame::sizeOf).sum();
        }
    }

    void add(Pending pending) {
        synchronized (this) {
            queue.add(pending);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        thread.execute(this::writeAll);
    }

    /** Begins a new segment and tells its number. */
    void seal(Consumer<Long> done, Consumer<Throwable> failed) {
        thread.execute(
                () -> {
                    try {
                        done.accept(files.seal());
                    } catch (IOException e) {
                        failed.accept(e);
                    }
                });
    }

    /** Whether the disk took nothing just now. */
    boolean isFailing() {
        return failing;
    }

    /** Blocking: ends when all that was added is written. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.error("The spool could not be written to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sync();
    }

    private void writeAll() {
        for (List<Pending> group = next(); !group.isEmpty(); group = next()) {
            write(group);
        }
    }

    private synchronized List<Pending> next() {
        List<Pending> group = new ArrayList<>();
        int bytes = 0;
        while (!queue.isEmpty()
                && (group.isEmpty() || bytes + queue.peek().bytes() <= MOST_TOGETHER)) {
            bytes += queue.peek().bytes();
            group.add(queue.remove());
        }
        scheduled = !group.isEmpty();
        return group;
    }

    private void write(List<Pending> group) {
        try {
            files.append(group.stream().flatMap(p -> p.records().stream()).toList());
            dirty = true;
            if (syncEach) {
                files.force();
                dirty = false;
            }
        } catch (IOException e) {
            fail(group, e);
            return;
        }
        group.forEach(pending -> pending.done().run());
    }

    private void fail(List<Pending> group, IOException e) {
        LOG.errorf("The spool cannot be written: %s", e);
        failing = true;
        if (!thread.isShutdown()) {
            var again = thread.schedule(() -> failing = false, FAILING_SECONDS, TimeUnit.SECONDS);
            LOG.debugf("It is tried again: %s", again);
        }
        group.forEach(p -> p.failed().accept(new SpoolFullException("the disk takes no more.")));
    }

    private void sync() {
        if (dirty) {
            try {
                files.force();
                dirty = false;
            } catch (IOException e) {
                LOG.errorf("The spool cannot be forced to the disk: %s", e);
            }
        }
    }
}
