package dev.acey.dataset.candidate;

import dev.acey.dataset.longs.LongWriter;
import dev.acey.kit.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All candidates of one dataset: first they are added, in the order of their entries, then they are
 * looked at. Blocks; for one thread at a time.
 */
public final class Candidates implements AutoCloseable {

    private static final int MOST = 1 << Ledger.ORDINAL_BITS;
    private static final int SEQUENTIALLY = 256 * 1024;

    private final Path directory;
    private final Spill examples;
    private final Spill shingles;
    private final Spill rows;
    private final LongWriter bands;
    private final ByteBuffer row = ByteBuffer.allocate(Ledger.ROW);
    private int count;

    /**
     * @param directory an empty one, for temporary files
     */
    public Candidates(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        examples = new Spill(directory.resolve("examples"));
        shingles = new Spill(directory.resolve("shingles"));
        rows = new Spill(directory.resolve("rows"));
        bands = new LongWriter(bandsFile());
    }

    /**
     * Adds the next candidate.
     *
     * @param ofText the hashes of its shingles, ascending, each once
     * @param buckets where to look for near duplicates: a hash of 36 bits for each band
     */
    public void add(Candidate candidate, Facts facts, int[] ofText, long[] buckets)
            throws IOException {
        if (count == MOST) {
            throw ProblemException.refused(
                    "/dateRange", "more than " + MOST + " entries of one task at once");
        }
        row.clear()
                .putLong(examples.position())
                .putLong(shingles.position())
                .putLong(facts.keyHigh())
                .putLong(facts.keyLow())
                .putLong(facts.conversation())
                .putLong(facts.rank())
                .putInt(count)
                .putInt(0)
                .putInt(ofText.length);
        rows.append(row.rewind());
        examples.append(candidate.encode());
        if (ofText.length > 0) {
            ByteBuffer hashes = ByteBuffer.allocate(ofText.length * Integer.BYTES);
            hashes.asIntBuffer().put(ofText);
            shingles.append(hashes);
        }
        for (long bucket : buckets) {
            bands.add(pack(bucket, count));
        }
        count++;
    }

    /** A hash of 36 bits and an ordinal in one number, which sorts by the hash. */
    public static long pack(long hash, int ordinal) {
        return (hash << Ledger.ORDINAL_BITS) | ordinal;
    }

    /** The ordinal in a packed number. */
    public static int ordinal(long packed) {
        return (int) packed & (MOST - 1);
    }

    /** Whether two packed numbers have the same hash. */
    public static boolean sameHash(long one, long other) {
        return one >>> Ledger.ORDINAL_BITS == other >>> Ledger.ORDINAL_BITS;
    }

    /** The rows, after the last candidate was added. */
    public Ledger ledger() throws IOException {
        examples.flush();
        shingles.flush();
        rows.flush();
        bands.end();
        return new Ledger(rows.channel());
    }

    /** The packed numbers of all bands, unsorted. */
    public Path bandsFile() {
        return directory.resolve("bands");
    }

    /** A temporary file of this name. */
    public Path scratch(String name) {
        return directory.resolve(name);
    }

    /** A candidate; cheap for one after the other. */
    public Candidate at(Ledger ledger, int ordinal) throws IOException {
        long offset = ledger.offset(ordinal);
        int length = examples.read(offset, Integer.BYTES, SEQUENTIALLY).getInt();
        return Candidate.decode(examples.read(offset + Integer.BYTES, length, SEQUENTIALLY));
    }

    /** The hashes of its text's shingles, ascending. */
    public int[] shingles(Ledger ledger, int ordinal) throws IOException {
        int[] hashes = new int[ledger.shingles(ordinal)];
        int bytes = hashes.length * Integer.BYTES;
        IntBuffer stored = shingles.read(ledger.shingleOffset(ordinal), bytes, bytes).asIntBuffer();
        stored.get(hashes);
        return hashes;
    }

    @Override
    public void close() throws IOException {
        try (examples;
                shingles;
                rows) {
            bands.close();
        }
    }
}
