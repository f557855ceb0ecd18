package dev.acey.dataset.duplicate;

import dev.acey.dataset.candidate.Candidates;
import dev.acey.dataset.candidate.Fate;
import dev.acey.dataset.candidate.Ledger;
import dev.acey.dataset.longs.LongReader;
import dev.acey.dataset.longs.LongSort;
import dev.acey.dataset.longs.LongWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Goes through each group from its best member to its worst: who is like one that stays is dropped,
 * who is not stays too. A group is taken in pieces of {@value #PIECE} members, oldest first, and a
 * member is compared with the last {@value #KEPT} that stay. Blocks.
 */
final class Survivors {

    private static final int PIECE = 1 << 16;
    private static final int KEPT = 256;

    private final Candidates candidates;
    private final Ledger ledger;
    private final Groups groups;
    private final Likeness likeness;
    private final List<Integer> members = new ArrayList<>();
    private final Deque<Likeness.Text> kept = new ArrayDeque<>();

    Survivors(Candidates candidates, Ledger ledger, Groups groups, Likeness likeness) {
        this.candidates = candidates;
        this.ledger = ledger;
        this.groups = groups;
        this.likeness = likeness;
    }

    void choose() throws IOException {
        Path sorted = sortedByGroup();
        try (LongReader in = new LongReader(sorted)) {
            int group = -1;
            while (in.hasNext()) {
                int member = Candidates.ordinal(in.next());
                if (groups.first(member) != group) {
                    chooseAmongMembers();
                    group = groups.first(member);
                    kept.clear();
                    kept.add(likeness.text(group));
                }
                members.add(member);
                if (members.size() == PIECE) {
                    chooseAmongMembers();
                }
            }
            chooseAmongMembers();
        }
        Files.delete(sorted);
    }

    /** Every member but the first of its group, which stays. */
    private Path sortedByGroup() throws IOException {
        Path unsorted = candidates.scratch("groups");
        try (LongWriter out = new LongWriter(unsorted)) {
            for (int i = 0; i < ledger.count(); i++) {
                if (ledger.isChosen(i) && groups.first(i) != i) {
                    out.add(Candidates.pack(groups.first(i), i));
                }
            }
            out.end();
        }
        Path sorted = candidates.scratch("groups.sorted");
        LongSort.sort(unsorted, sorted, candidates.scratch("groups.scratch"));
        Files.delete(unsorted);
        return sorted;
    }

    private void chooseAmongMembers() throws IOException {
        members.sort((one, other) -> one.equals(other) ? 0 : groups.isBefore(one, other) ? -1 : 1);
        for (int member : members) {
            Likeness.Text text = likeness.text(member);
            if (isLikeOneKept(text)) {
                ledger.fate(member, Fate.NEAR_DUPLICATE);
            } else {
                if (kept.size() == KEPT) {
                    kept.removeFirst();
                }
                kept.addLast(text);
            }
        }
        members.clear();
    }

    private boolean isLikeOneKept(Likeness.Text text) throws IOException {
        for (Likeness.Text one : kept) {
            if (likeness.holds(one, text)) {
                return true;
            }
        }
        return false;
    }
}
