package dev.acey.log.archive;

import dev.acey.log.archive.Manifest.Part;
import java.io.Closeable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;

/** Reads an archived day's entries in order, over all its files. Blocks. */
final class DayReader implements Closeable {

    private static final int BATCH_BYTES = 1 << 20;

    private final DayFiles files;
    private final LocalDate day;
    private final Predicate<String> tasks;
    private final ArchivedLine after;
    private final PriorityQueue<PartReader> parts =
            new PriorityQueue<>(Comparator.comparing(PartReader::peek));
    private boolean open;
    private boolean closed;

    /**
     * @param tasks which of the files are read
     * @param ts where to go on after, or null to begin
     */
    DayReader(DayFiles files, LocalDate day, Predicate<String> tasks, Instant ts, UUID id) {
        this.files = files;
        this.day = day;
        this.tasks = tasks;
        this.after = ts == null ? null : new ArchivedLine(ts, id, null);
    }

    /**
     * The next entries, some MiB of them at most; none at the end. The first call checks the files'
     * sums.
     */
    synchronized List<byte[]> next() {
        if (!open) {
            open();
        }
        List<byte[]> lines = new ArrayList<>();
        int bytes = 0;
        while (!closed && !parts.isEmpty() && bytes < BATCH_BYTES) {
            PartReader first = parts.remove();
            ArchivedLine line = first.take();
            lines.add(line.json());
            bytes += line.json().length;
            requeue(first);
        }
        return lines;
    }

    @Override
    public synchronized void close() {
        closed = true;
        parts.forEach(PartReader::close);
        parts.clear();
    }

    private void open() {
        open = true;
        Manifest manifest = files.manifest(day).orElseThrow(() -> DayFiles.missing(day));
        for (Part part : manifest.files()) {
            if (tasks.test(part.taskType())) {
                files.verify(day, part);
                PartReader reader = new PartReader(files.of(day).resolve(part.name()));
                while (after != null
                        && reader.peek() != null
                        && reader.peek().compareTo(after) <= 0) {
                    reader.take();
                }
                requeue(reader);
            }
        }
    }

    private void requeue(PartReader reader) {
        if (reader.peek() == null) {
            reader.close();
        } else {
            parts.add(reader);
        }
    }
}
