package dev.acey.rollout.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever happens to the files, what is read is what was written, in order, from the start. */
class SpoolFilesTest {

    private static final long SMALL_SEGMENT = 200;

    private Path directory;

    @BeforeTry
    void newDirectory() throws IOException {
        directory = Files.createTempDirectory("spool");
    }

    @AfterTry
    void deleteDirectory() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 100)
    void everythingIsReadInOrderOnceAndLeavesNothingBehind(
            @ForAll @Size(max = 30) List<@IntRange(max = 120) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 7) int most)
            throws IOException {
        List<SpoolRecord> written = records(lengths);
        try (SpoolFiles files = open()) {
            append(files, written);
            assertEquals(written.size(), files.unsent());
            List<UUID> read = new ArrayList<>();
            for (List<SpoolRecord> some = some(files, most);
                    !some.isEmpty();
                    some = some(files, most)) {
                some.forEach(r -> read.add(r.id()));
                files.acknowledge();
            }
            files.acknowledge();
            assertEquals(ids(written), read);
            assertEquals(0, files.unsent());
            assertEquals(1, Segment.in(directory).size());
        }
    }

    @Property(tries = 200)
    void ofATornTailWhatWasWholeIsThereAndNothingElse(
            @ForAll @Size(min = 1, max = 10) List<@IntRange(max = 60) Integer> lengths,
            @ForAll @IntRange(max = 1_000) int cut,
            @ForAll boolean garbage)
            throws IOException {
        List<SpoolRecord> written = records(lengths);
        try (SpoolFiles files = SpoolFiles.open(directory, Long.MAX_VALUE, false)) {
            append(files, written);
        }
        Path last = lastSegment();
        byte[] bytes = Files.readAllBytes(last);
        int left = Math.max(0, bytes.length - cut);
        byte[] torn = java.util.Arrays.copyOf(bytes, garbage ? bytes.length : left);
        for (int i = left; i < torn.length; i++) {
            torn[i] = (byte) (torn[i] ^ (i * 31 + 7));
        }
        Files.write(last, torn);

        int whole = 0;
        for (int end = 0;
                whole < written.size() && end + Frame.sizeOf(written.get(whole)) <= left;
                whole++) {
            end += Frame.sizeOf(written.get(whole));
        }
        try (SpoolFiles files = open()) {
            assertEquals(ids(written.subList(0, whole)), ids(some(files, 100)));
            SpoolRecord next = record(5);
            files.append(List.of(next));
            List<UUID> all = new ArrayList<>(ids(written.subList(0, whole)));
            all.add(next.id());
            assertEquals(all, ids(some(files, 100)));
        }
    }

    @Property(tries = 200)
    void aChangedByteNeverBecomesARecordAndCostsAtMostItsSegment(
            @ForAll @Size(min = 2, max = 20) List<@IntRange(max = 60) Integer> lengths,
            @ForAll @IntRange(max = 10_000) int where,
            @ForAll @IntRange(min = 1, max = 255) int change)
            throws IOException {
        List<SpoolRecord> written = records(lengths);
        try (SpoolFiles files = open()) {
            append(files, written);
        }
        List<Segment> segments = Segment.in(directory);
        Path victim = segments.get(where % segments.size()).path();
        byte[] bytes = Files.readAllBytes(victim);
        if (bytes.length > 0) {
            bytes[where % bytes.length] ^= (byte) change;
            Files.write(victim, bytes);
        }
        try (SpoolFiles files = open()) {
            List<UUID> read = ids(some(files, 100));
            List<UUID> expected = new ArrayList<>(ids(written));
            expected.retainAll(read);
            assertEquals(expected, read);
            int lost =
                    written.stream()
                            .filter(record -> !read.contains(record.id()))
                            .mapToInt(Frame::sizeOf)
                            .sum();
            assertTrue(lost <= bytes.length, "lost " + lost + " of " + bytes.length);
        }
    }

    @Property(tries = 50)
    void whatWasUnderWayIsCompletedOnceAfterACrash(
            @ForAll @Size(max = 12) List<Boolean> completed, @ForAll boolean acknowledgeFirst)
            throws IOException {
        List<UUID> open = new ArrayList<>();
        List<UUID> entries = new ArrayList<>();
        try (SpoolFiles files = open()) {
            for (boolean complete : completed) {
                SpoolRecord entry = record(20);
                files.append(List.of(SpoolRecord.started(entry.id(), entry.line())));
                if (complete) {
                    files.append(List.of(entry));
                    entries.add(entry.id());
                } else {
                    open.add(entry.id());
                }
            }
            if (acknowledgeFirst) {
                files.peek(100, Integer.MAX_VALUE);
                files.acknowledge();
                entries.clear();
            }
        }
        entries.addAll(open);
        for (int restart = 0; restart < 2; restart++) {
            try (SpoolFiles files = open()) {
                assertEquals(entries, ids(some(files, 100)));
            }
        }
    }

    @Property(tries = 50)
    void whatWasAcknowledgedIsNotReadAgainAfterARestart(
            @ForAll @Size(max = 20) List<@IntRange(max = 60) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 20) int most)
            throws IOException {
        List<SpoolRecord> written = records(lengths);
        int acknowledged;
        try (SpoolFiles files = open()) {
            append(files, written);
            acknowledged = some(files, most).size();
            files.acknowledge();
        }
        try (SpoolFiles files = open()) {
            assertEquals(written.size() - acknowledged, files.unsent());
            assertEquals(ids(written.subList(acknowledged, written.size())), ids(some(files, 100)));
        }
    }

    private SpoolFiles open() throws IOException {
        return SpoolFiles.open(directory, SMALL_SEGMENT, false);
    }

    private static void append(SpoolFiles files, List<SpoolRecord> records) throws IOException {
        for (SpoolRecord record : records) {
            files.append(List.of(record));
        }
    }

    private static List<SpoolRecord> some(SpoolFiles files, int most) throws IOException {
        return files.peek(most, Integer.MAX_VALUE).entries();
    }

    private Path lastSegment() throws IOException {
        List<Segment> segments = Segment.in(directory);
        return segments.get(segments.size() - 1).path();
    }

    private static List<SpoolRecord> records(List<Integer> lengths) {
        return lengths.stream().map(SpoolFilesTest::record).toList();
    }

    private static SpoolRecord record(int length) {
        String line = IntStream.range(0, length).mapToObj(i -> "x").reduce("", String::concat);
        return SpoolRecord.entry(UUID.randomUUID(), line.getBytes(StandardCharsets.UTF_8));
    }

    private static List<UUID> ids(List<SpoolRecord> records) {
        return records.stream().map(SpoolRecord::id).toList();
    }
}
