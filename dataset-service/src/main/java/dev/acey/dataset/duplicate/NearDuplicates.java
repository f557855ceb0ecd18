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
 * Joins candidates whose texts are alike. Those that meet in a bucket of {@link MinHash} are
 * compared by their shingles themselves, so that none is joined by chance. In a bucket each is
 * compared with the {@value #WINDOW} before it that are not yet in its group; what is beyond is
 * counted, as memory and time must not grow with the square of a bucket. Blocks.
 */
public final class NearDuplicates {

    static final int WINDOW = 64;

    private final Candidates candidates;
    private final Ledger ledger;
    private final Groups groups;
    private final double threshold;
    private final Deque<Member> window = new ArrayDeque<>();
    private long compared;
    private long joined;
    private long beyondWindow;

    /**
     * @param threshold of the Jaccard similarity of two texts' shingles, at which they are joined
     */
    public NearDuplicates(Candidates candidates, Ledger ledger, Groups groups, double threshold) {
        this.candidates = candidates;
        this.ledger = ledger;
        this.groups = groups;
        this.threshold = threshold;
    }

    /** Joins those that are in the dataset still. */
    public void join() throws IOException {
        Path sorted = candidates.scratch("bands.sorted");
        LongSort.sort(candidates.bandsFile(), sorted, candidates.scratch("bands.scratch"));
        Files.delete(candidates.bandsFile());
        try (LongReader in = new LongReader(sorted)) {
            long last = 0;
            while (in.hasNext()) {
                long packed = in.next();
                if (!Candidates.sameHash(packed, last)) {
                    window.clear();
                }
                last = packed;
                int ordinal = Candidates.ordinal(packed);
                if (ledger.isChosen(ordinal)) {
                    meet(new Member(ordinal));
                }
            }
        }
        Files.delete(sorted);
    }

    /** Pairs whose shingles were compared. */
    public long compared() {
        return compared;
    }

    /** Pairs that were joined, each of the similarity asked for or more. */
    public long joined() {
        return joined;
    }

    /** How often one left the comparisons of a large bucket without being in the newest's group. */
    public long beyondWindow() {
        return beyondWindow;
    }

    private void meet(Member member) throws IOException {
        for (Member earlier : window) {
            if (groups.first(earlier.ordinal) != groups.first(member.ordinal)
                    && areAlike(earlier, member)) {
                groups.join(earlier.ordinal, member.ordinal);
                joined++;
            }
        }
        if (window.size() == WINDOW) {
            Member beyond = window.removeFirst();
            beyondWindow += groups.first(beyond.ordinal) == groups.first(member.ordinal) ? 0 : 1;
        }
        window.addLast(member);
    }

    private boolean areAlike(Member one, Member other) throws IOException {
        int fewer = Math.min(ledger.shingles(one.ordinal), ledger.shingles(other.ordinal));
        int more = Math.max(ledger.shingles(one.ordinal), ledger.shingles(other.ordinal));
        if (fewer < threshold * more) {
            return false;
        }
        compared++;
        return Shingles.jaccard(one.shingles(), other.shingles()) >= threshold;
    }

    /** One of a bucket; its shingles are read when they are first looked at. */
    private final class Member {
        private final int ordinal;
        private int[] shingles;

        Member(int ordinal) {
            this.ordinal = ordinal;
        }

        int[] shingles() throws IOException {
            if (shingles == null) {
                shingles = candidates.shingles(ledger, ordinal);
            }
            return shingles;
        }
    }
}
