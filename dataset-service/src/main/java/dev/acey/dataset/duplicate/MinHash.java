package dev.acey.dataset.duplicate;

import java.util.Arrays;

/**
 * Puts texts into buckets, so that those which are alike meet in one of them: min-wise hashing
 * (Broder: On the resemblance and containment of documents, 1997) and banding (Leskovec, Rajaraman,
 * Ullman: Mining of Massive Datasets, chapter 3). Two texts of similarity s meet with probability
 * {@code 1 - (1 - s^rows)^bands}.
 *
 * @param rows hashes that two texts must have in common to meet in a band
 * @param bands how often they may meet
 */
public record MinHash(int rows, int bands) {

    /** Of the pairs that are exactly as alike as the threshold asks, so many must meet. */
    static final double RECALL = 0.995;

    private static final int MOST_HASHES = 160;
    private static final int BUCKET_SHIFT = 28;
    private static final int[] FACTORS = new int[MOST_HASHES];
    private static final int[] OFFSETS = new int[MOST_HASHES];

    static {
        for (int i = 0; i < MOST_HASHES; i++) {
            long bits = Shingles.mix(i);
            FACTORS[i] = (int) bits | 1;
            OFFSETS[i] = (int) (bits >>> 32);
        }
    }

    /**
     * As many rows as the recall allows, for pairs below the threshold to meet seldom.
     *
     * @param threshold within 0.3 and 1
     */
    public static MinHash tunedTo(double threshold) {
        int rows = 1;
        while ((rows + 1) * bands(threshold, rows + 1) <= MOST_HASHES) {
            rows++;
        }
        return new MinHash(rows, bands(threshold, rows));
    }

    private static int bands(double threshold, int rows) {
        double meeting = Math.pow(threshold, rows);
        double needed = meeting >= 1 ? 1 : Math.log(1 - RECALL) / Math.log1p(-meeting);
        return (int) Math.ceil(needed);
    }

    /**
     * A text's buckets, of 36 bits each, one a band.
     *
     * @param shingles at least one
     */
    public long[] buckets(int[] shingles) {
        int[] least = signature(shingles);
        long[] buckets = new long[bands];
        for (int band = 0; band < bands; band++) {
            long hash = band;
            for (int row = 0; row < rows; row++) {
                hash = Shingles.mix(hash + least[band * rows + row]);
            }
            buckets[band] = hash >>> BUCKET_SHIFT;
        }
        return buckets;
    }

    /** The loops are plain so that the compiler makes vector instructions of them. */
    private int[] signature(int[] shingles) {
        int[] least = new int[rows * bands];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int shingle : shingles) {
            for (int i = 0; i < least.length; i++) {
                int hash = shingle * FACTORS[i] + OFFSETS[i];
                hash = (hash ^ (hash >>> 15)) * 0x2c1b3c6d;
                hash ^= hash >>> 16;
                least[i] = Math.min(least[i], hash);
            }
        }
        return least;
    }
}
