package dev.acey.dataset.duplicate;

import dev.acey.dataset.candidate.Candidates;
import dev.acey.dataset.candidate.Ledger;
import dev.acey.dataset.longs.LongReader;
import dev.acey.dataset.longs.LongSort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Joins candidates whose texts are alike, and all that are connected by such, into groups. Those
 * that meet in a bucket of {@link MinHash} are compared. In a bucket each is compared with the
 * {@value #WINDOW} before it that are not yet in its group; what is beyond is counted, as memory
 * and time must not grow with the square of a bucket. Blocks.
 */
public final class NearDuplicates {

    static final int WINDOW = 64;

    private final Candidates candidates;
    private final Ledger ledger;
    private final Groups groups;
    private final Likeness likeness;
    private final Deque<Likeness.Text> window = new ArrayDeque<>();
    private long joined;
    private long beyondWindow;

    /**
     * @param threshold of the Jaccard similarity of two texts' shingles, from which on they are
     *     alike
     */
    public NearDuplicates(Candidates candidates, Ledger ledger, Groups groups, double threshold) {
        this.candidates = candidates;
        this.ledger = ledger;
        this.groups = groups;
        this.likeness = new Likeness(candidates, ledger, threshold);
    }

    /** Joins those that are in the dataset still. */
    public void join() throws IOException {
        Path sorted = candidates.scratch("bands.sorted");
        LongSort.sort(candidates.bandsFile(), sorted, candidates.scratch("bands.scratch"));
        Files.delete(candidates.bandsFile());
        try (LongReader in = new LongReader(sorted)) {
            meetAll(in);
        }
        Files.delete(sorted);
    }

    /**
     * Drops from each group what is like a better one that stays. So what is dropped has its like
     * in the dataset, and what a chain alone connects stays.
     */
    public void drop() throws IOException {
        new Survivors(candidates, ledger, groups, likeness).choose();
    }

    /** Pairs whose shingles were compared. */
    public long compared() {
        return likeness.compared();
    }

    /** Pairs that were joined, each of the similarity asked for or more. */
    public long joined() {
        return joined;
    }

    /** How often one left the comparisons of a large bucket without being in the newest's group. */
    public long beyondWindow() {
        return beyondWindow;
    }

    /** One alone in its bucket, as most are, is not looked at further. */
    private void meetAll(LongReader in) throws IOException {
        boolean open = false;
        long last = in.hasNext() ? in.next() : 0;
        while (in.hasNext()) {
            long packed = in.next();
            boolean same = Candidates.sameHash(packed, last);
            if (same && !open) {
                window.clear();
                meet(Candidates.ordinal(last));
            }
            if (same) {
                meet(Candidates.ordinal(packed));
            }
            open = same;
            last = packed;
        }
    }

    private void meet(int ordinal) throws IOException {
        if (ledger.isChosen(ordinal)) {
            meet(likeness.text(ordinal));
        }
    }

    private void meet(Likeness.Text text) throws IOException {
        for (Likeness.Text earlier : window) {
            if (!together(earlier, text) && likeness.holds(earlier, text)) {
                groups.join(earlier.ordinal(), text.ordinal());
                joined++;
            }
        }
        if (window.size() == WINDOW) {
            beyondWindow += together(window.removeFirst(), text) ? 0 : 1;
        }
        window.addLast(text);
    }

    private boolean together(Likeness.Text one, Likeness.Text other) {
        return groups.first(one.ordinal()) == groups.first(other.ordinal());
    }
}
