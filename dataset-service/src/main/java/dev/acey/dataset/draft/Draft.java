package dev.acey.dataset.draft;

import dev.acey.dataset.duplicate.ExactDuplicates;
import dev.acey.dataset.source.Page;
import dev.acey.dataset.version.VersionFiles;
import dev.acey.kit.entry.LogEntry;
import io.smallrye.common.annotation.Blocking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The datasets of one preparation in the making, several tasks in one pass over the entries. Memory
 * does not grow with their number. Blocks; calls follow one another, except for {@link #close},
 * which stops the work that is going on and takes everything away that was not published.
 */
@Blocking
public final class Draft implements AutoCloseable {

    private final List<TaskPlan> plans;
    private final Map<String, TaskDraft> tasks = new LinkedHashMap<>();
    private ExactDuplicates duplicates;
    private Path workspace;
    private volatile boolean stopped;

    /** A draft of nothing yet; it has to be opened. */
    public Draft(List<TaskPlan> plans) {
        this.plans = plans;
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
        duplicates = new ExactDuplicates(workspace.resolve("seen.mv"));
        for (TaskPlan plan : plans) {
            tasks.put(plan.taskType(), new TaskDraft(plan, duplicates, workspace));
        }
    }

    /** Takes a page's entries in order. Returns how many entries were read so far, in all. */
    public synchronized long take(Page page) throws IOException {
        try {
            page.forEach(this::take);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return tasks.values().stream().mapToLong(TaskDraft::read).sum();
    }

    /** Forces everything to the disk; nothing can be taken after that. */
    public synchronized List<FinishedTask> finish() throws IOException {
        List<FinishedTask> finished = new ArrayList<>();
        for (TaskDraft task : tasks.values()) {
            finished.add(task.finish());
        }
        return finished;
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        synchronized (this) {
            if (duplicates != null) {
                duplicates.close();
            }
            for (TaskDraft task : tasks.values()) {
                task.close();
            }
            if (workspace != null) {
                VersionFiles.delete(workspace);
            }
        }
    }

    private void take(LogEntry entry) {
        if (stopped) {
            return;
        }
        try {
            tasks.get(entry.taskType()).take(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
