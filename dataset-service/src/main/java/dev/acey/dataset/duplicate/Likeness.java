package dev.acey.dataset.duplicate;

import dev.acey.dataset.candidate.Candidates;
import dev.acey.dataset.candidate.Ledger;
import java.io.IOException;

/** Compares texts by their shingles themselves, so that none are taken for alike by chance. */
final class Likeness {

    private final Candidates candidates;
    private final Ledger ledger;
    private final double threshold;
    private long compared;

    /**
     * @param threshold of the Jaccard similarity of two texts' shingles, from which on they are
     *     alike
     */
    Likeness(Candidates candidates, Ledger ledger, double threshold) {
        this.candidates = candidates;
        this.ledger = ledger;
        this.threshold = threshold;
    }

    /** Whether both are alike. Blocks. */
    boolean holds(Text one, Text other) throws IOException {
        int fewer = Math.min(ledger.shingles(one.ordinal), ledger.shingles(other.ordinal));
        int more = Math.max(ledger.shingles(one.ordinal), ledger.shingles(other.ordinal));
        if (fewer < threshold * more) {
            return false;
        }
        compared++;
        return Shingles.jaccard(one.shingles(), other.shingles()) >= threshold;
    }

    /** Pairs whose shingles were looked at. */
    long compared() {
        return compared;
    }

    Text text(int ordinal) {
        return new Text(ordinal);
    }

    /** The text of a candidate; its shingles are read when they are first looked at. */
    final class Text {
        private final int ordinal;
        private int[] shingles;

        private Text(int ordinal) {
            this.ordinal = ordinal;
        }

        int ordinal() {
            return ordinal;
        }

        private int[] shingles() throws IOException {
            if (shingles == null) {
                shingles = candidates.shingles(ledger, ordinal);
            }
            return shingles;
        }
    }
}
