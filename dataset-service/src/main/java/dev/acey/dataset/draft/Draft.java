package dev.acey.dataset.draft;

import dev.acey.dataset.source.Page;
import dev.acey.dataset.version.VersionFiles;
import io.smallrye.common.annotation.Blocking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * The datasets of one preparation in the making, several tasks in one pass over the entries. Memory
 * does not grow with their number. Blocks. {@link #make} may be called by several threads at once;
 * other calls follow one another, except for {@link #close}, which stops the work that is going on
 * and takes everything away that was not published.
 */
@Blocking
public final class Draft implements AutoCloseable {

    private final Map<String, Maker> makers = new HashMap<>();
    private final Map<String, TaskDraft> tasks = new ConcurrentHashMap<>();
    private final List<TaskPlan> plans;
    private Path workspace;
    private volatile boolean stopped;

    /**
     * A draft of nothing yet; it has to be opened.
     *
     * @param persons gives the hash under which a person is found again
     */
    public Draft(List<TaskPlan> plans, ToLongFunction<String> persons) {
        this.plans = plans;
        plans.forEach(plan -> makers.put(plan.taskType(), new Maker(plan, persons)));
    }

    /**
     * Opens the files; does nothing after {@link #close}.
     *
     * @param directory gives an empty directory, which is the draft's from then on
     */
    public synchronized void open(Callable<Path> directory) throws Exception {
        if (stopped) {
            return;
        }
        workspace = directory.call();
        for (TaskPlan plan : plans) {
            Maker maker = makers.get(plan.taskType());
            tasks.put(plan.taskType(), new TaskDraft(plan, maker, workspace));
        }
    }

    /** What became of a page's entries, in their order. */
    public static final class Batch {
        private final List<Made> made = new ArrayList<>();
    }

    /** Makes candidates of a page's entries: a pure function of the page, and most of the work. */
    public Batch make(Page page) throws IOException {
        Batch batch = new Batch();
        page.forEach(
                call -> {
                    if (!stopped) {
                        batch.made.add(makers.get(call.entry().taskType()).make(call));
                    }
                });
        return batch;
    }

    /** Takes what was made, page after page. Returns how many entries were read so far, in all. */
    public synchronized long take(Batch batch) throws IOException {
        for (Made made : batch.made) {
            if (!stopped) {
                tasks.get(made.taskType()).take(made);
            }
        }
        return tasks.values().stream().mapToLong(TaskDraft::read).sum();
    }

    /** Chooses and writes, and forces everything to the disk; nothing can be taken after that. */
    public synchronized List<FinishedTask> finish() throws IOException {
        List<FinishedTask> finished = new ArrayList<>();
        for (TaskPlan plan : plans) {
            if (!stopped) {
                finished.add(tasks.get(plan.taskType()).finish());
            }
        }
        return finished;
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        // Before the lock is free: what is going on meets a closed file, and ends.
        for (TaskDraft task : tasks.values()) {
            task.close();
        }
        synchronized (this) {
            for (TaskDraft task : tasks.values()) {
                task.close();
            }
            if (workspace != null) {
                VersionFiles.delete(workspace);
            }
        }
    }
}
