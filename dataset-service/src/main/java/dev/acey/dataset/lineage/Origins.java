package dev.acey.dataset.lineage;

import static java.nio.file.StandardOpenOption.READ;

import dev.acey.dataset.longs.LongSort;
import dev.acey.dataset.longs.LongWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Collects what a version's examples were made of, and leaves it as two sorted files of 64-bit
 * hashes beside them. Among a million entries a wrong match has odds of about one in 10^13. Blocks.
 */
public final class Origins implements AutoCloseable {

    /** Of the entries' ids. */
    public static final String LOGS = "logs.idx";

    /** Of the persons they were for, under the key of {@link Persons}. */
    public static final String PERSONS = "persons.idx";

    private static final String UNSORTED = ".unsorted";
    private static final String SCRATCH = ".scratch";

    private final Path directory;
    private final LongWriter logs;
    private final LongWriter persons;

    /**
     * @param directory of the version that is being made
     */
    public Origins(Path directory) throws IOException {
        this.directory = directory;
        logs = new LongWriter(directory.resolve(LOGS + UNSORTED));
        persons = new LongWriter(directory.resolve(PERSONS + UNSORTED));
    }

    /** Of an entry's id. */
    public static long hash(UUID log) {
        long bits = log.getMostSignificantBits() * 0x9e3779b97f4a7c15L;
        return (bits ^ (bits >>> 32)) * 0xbf58476d1ce4e5b9L + log.getLeastSignificantBits();
    }

    /**
     * An example was made of these entries.
     *
     * @param origins of each, in turn, the id as {@link #hash} gives it and the person as {@link
     *     Persons#hash} does; {@link Persons#NOBODY} is left out
     */
    public void add(long[] origins) throws IOException {
        for (int i = 0; i < origins.length; i += 2) {
            logs.add(origins[i]);
            if (origins[i + 1] != Persons.NOBODY) {
                persons.add(origins[i + 1]);
            }
        }
    }

    /** Writes the two files, sorted and forced to the disk. */
    public void finish() throws IOException {
        logs.end();
        persons.end();
        sort(LOGS);
        sort(PERSONS);
    }

    @Override
    public void close() throws IOException {
        try (logs) {
            persons.close();
        }
    }

    private void sort(String name) throws IOException {
        Path unsorted = directory.resolve(name + UNSORTED);
        LongSort.sort(unsorted, directory.resolve(name), directory.resolve(name + SCRATCH));
        Files.delete(unsorted);
        try (FileChannel index = FileChannel.open(directory.resolve(name), READ)) {
            index.force(true);
        }
    }
}
