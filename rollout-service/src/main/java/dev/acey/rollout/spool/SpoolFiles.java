package dev.acey.rollout.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The spool's files: records are appended at one end and acknowledged at the other. A segment is
 * deleted once all of it is acknowledged, no call that it says was started is still under way, and
 * those before it are gone: what was started is never on the disk without its end. Blocking; one
 * thread appends while another reads and acknowledges.
 */
final class SpoolFiles implements Closeable {

    private static final Logger LOG = Logger.getLogger(SpoolFiles.class);

    private final Path directory;
    private final long segmentBytes;
    private final boolean durable;
    private final NavigableMap<Long, Long> sealed = new TreeMap<>();
    private final Map<UUID, Long> underWay = new HashMap<>();
    private SegmentWriter active;
    private SpoolPosition acknowledged;
    private Batch latest;
    private long unsent;
    private long tornBytes;
    private int interrupted;
    private final Set<Long> damaged = new HashSet<>();

    private SpoolFiles(Path directory, long segmentBytes, boolean durable) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.durable = durable;
    }

    /**
     * How far a segment can be read.
     *
     * @param sealed whether it will never grow
     */
    private record Readable(long bytes, boolean sealed) {}

    /**
     * Opens what is there: a torn tail is cut off, and calls that were under way get the entry that
     * was kept for them.
     *
     * @param segmentBytes a segment that has as many is followed by a new one
     * @param durable whether a segment is forced to the disk before the next one begins
     */
    static SpoolFiles open(Path directory, long segmentBytes, boolean durable) throws IOException {
        Files.createDirectories(directory);
        SpoolFiles files = new SpoolFiles(directory, segmentBytes, durable);
        Collection<SpoolRecord> interrupted = files.recover(SpoolPosition.read(directory));
        if (!interrupted.isEmpty()) {
            files.interrupted = interrupted.size();
            files.append(
                    interrupted.stream().map(s -> SpoolRecord.entry(s.id(), s.line())).toList());
            files.force();
        }
        return files;
    }

    /** Appends all or nothing. */
    void append(List<SpoolRecord> records) throws IOException {
        ByteBuffer frames = ByteBuffer.allocate(records.stream().mapToInt(Frame::sizeOf).sum());
        records.forEach(record -> Frame.put(frames, record));
        frames.flip();
        if (active.isBroken() || active.size() >= segmentBytes) {
            roll();
        }
        active.append(frames);
        appended(records);
    }

    /**
     * Begins a new segment, unless the one of now is empty.
     *
     * @return its number
     */
    long seal() throws IOException {
        if (active.isBroken() || active.size() > 0) {
            roll();
        }
        return active.segment().number();
    }

    /** The number of the oldest segment on the disk. */
    synchronized long oldest() {
        return sealed.isEmpty() ? active.segment().number() : sealed.firstKey();
    }

    /** Forces what was appended to the disk. */
    void force() throws IOException {
        active.force();
    }

    /** The oldest entries that are not acknowledged: at least one where there is any. */
    Batch peek(int most, int mostBytes) throws IOException {
        Batch.Filling batch = new Batch.Filling(most, mostBytes);
        SpoolPosition end = acknowledged;
        while (true) {
            Readable readable = readable(end.segment());
            try (SegmentReader in = reader(end, readable.bytes())) {
                end = new SpoolPosition(end.segment(), batch.takeFrom(in));
                if (!batch.isFull() && !in.isAtEnd()) {
                    isDamaged(end, readable);
                }
            }
            if (batch.isFull() || !readable.sealed()) {
                return latest(batch.upTo(end));
            }
            end = new SpoolPosition(after(end.segment()), 0);
        }
    }

    /** Forgets what was peeked at last. */
    synchronized void acknowledge() throws IOException {
        unsent -= latest.entries().size();
        if (!latest.end().equals(acknowledged)) {
            acknowledged = latest.end();
            acknowledged.write(directory);
        }
        deleteDone();
    }

    /** What the files take on the disk. */
    synchronized long bytes() {
        return sealed.values().stream().mapToLong(Long::longValue).sum() + active.size();
    }

    /** What was cut off the end when the files were opened. */
    long tornBytes() {
        return tornBytes;
    }

    /** Calls that were under way when whoever had the files before ended. */
    int interrupted() {
        return interrupted;
    }

    /** Entries that are not acknowledged. */
    synchronized long unsent() {
        return unsent;
    }

    /** Segments in whose middle a record could not be read. */
    synchronized long damaged() {
        return damaged.size();
    }

    @Override
    public void close() throws IOException {
        active.close();
    }

    private Collection<SpoolRecord> recover(SpoolPosition kept) throws IOException {
        acknowledged = kept;
        List<Segment> segments = Segment.in(directory);
        Map<UUID, SpoolRecord> started = new LinkedHashMap<>();
        long last = kept.segment();
        for (Segment segment : segments) {
            boolean isLast = segment.equals(segments.get(segments.size() - 1));
            sealed.put(segment.number(), scan(segment, isLast, started));
            last = Math.max(last, segment.number());
        }
        active = new SegmentWriter(new Segment(directory, last + 1));
        forceDirectory();
        Long size = sealed.get(kept.segment());
        acknowledged =
                size == null
                        ? new SpoolPosition(after(kept.segment()), 0)
                        : new SpoolPosition(kept.segment(), Math.min(size, kept.offset()));
        return started.values();
    }

    /** The size of the segment, once a torn tail is cut off. */
    private long scan(Segment segment, boolean isLast, Map<UUID, SpoolRecord> started)
            throws IOException {
        try (SegmentReader in = new SegmentReader(segment.path(), 0, Long.MAX_VALUE)) {
            for (SpoolRecord r = in.next(); r != null; r = in.next()) {
                if (r.kind() == SpoolRecord.Kind.STARTED) {
                    started.put(r.id(), r);
                } else {
                    started.remove(r.id());
                    unsent += isUnsent(segment.number(), in.position()) ? 1 : 0;
                }
            }
            long size = Files.size(segment.path());
            if (!in.isAtEnd() && isLast) {
                tornBytes = size - in.position();
                try (FileChannel file =
                        FileChannel.open(segment.path(), StandardOpenOption.WRITE)) {
                    file.truncate(in.position());
                    file.force(true);
                }
                return in.position();
            }
            return size;
        }
    }

    private boolean isUnsent(long segment, long end) {
        return segment > acknowledged.segment()
                || (segment == acknowledged.segment() && end > acknowledged.offset());
    }

    private synchronized void appended(List<SpoolRecord> records) {
        for (SpoolRecord record : records) {
            if (record.kind() == SpoolRecord.Kind.STARTED) {
                underWay.put(record.id(), active.segment().number());
            } else {
                underWay.remove(record.id());
                unsent++;
            }
        }
    }

    private void roll() throws IOException {
        SegmentWriter full = active;
        SegmentWriter next = new SegmentWriter(new Segment(directory, full.segment().number() + 1));
        if (durable) {
            full.force();
        }
        synchronized (this) {
            sealed.put(full.segment().number(), full.size());
            active = next;
        }
        full.close();
        forceDirectory();
    }

    private SegmentReader reader(SpoolPosition from, long limit) throws IOException {
        Path file = new Segment(directory, from.segment()).path();
        return new SegmentReader(file, from.offset(), limit);
    }

    private synchronized Readable readable(long segment) {
        boolean isActive = segment == active.segment().number();
        return new Readable(isActive ? active.size() : sealed.get(segment), !isActive);
    }

    private synchronized long after(long segment) {
        Long next = sealed.higherKey(segment);
        return next == null ? active.segment().number() : next;
    }

    private synchronized Batch latest(Batch batch) {
        latest = batch;
        return batch;
    }

    private void deleteDone() throws IOException {
        List<Long> done =
                sealed.headMap(acknowledged.segment()).keySet().stream()
                        .takeWhile(number -> !underWay.containsValue(number))
                        .toList();
        for (Long number : done) {
            Segment segment = new Segment(directory, number);
            if (damaged.contains(number)) {
                Files.move(segment.path(), segment.damaged());
            } else {
                Files.deleteIfExists(segment.path());
            }
            sealed.remove(number);
        }
    }

    private synchronized void isDamaged(SpoolPosition at, Readable readable) {
        if (!readable.sealed()) {
            active.breakOff();
        } else if (damaged.add(at.segment())) {
            LOG.errorf(
                    "Segment %d of the spool is damaged at %d of %d: the rest of it is left aside",
                    at.segment(), at.offset(), readable.bytes());
        }
    }

    private void forceDirectory() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
