package dev.acey.dataset.duplicate;

import dev.acey.dataset.candidate.Ledger;

/**
 * Groups of candidates, as disjoint sets in the ledger (union-find with path halving). The first of
 * each is its best member, whatever the order in which they were joined.
 */
public final class Groups {

    private final Ledger ledger;

    /** Each candidate is a group of its own. */
    public Groups(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Of two that say the same, which is better: reviewed by a person, more confident, older. */
    public boolean isBefore(int one, int other) {
        long rank = ledger.rank(one);
        long others = ledger.rank(other);
        return rank == others ? one < other : rank > others;
    }

    /** The first of this candidate's group; itself where it is alone. */
    public int first(int ordinal) {
        int child = ordinal;
        int parent = ledger.parent(child);
        while (parent != child) {
            int grandparent = ledger.parent(parent);
            ledger.parent(child, grandparent);
            child = grandparent;
            parent = ledger.parent(child);
        }
        return child;
    }

    /** Makes two groups one. */
    public void join(int one, int other) {
        int first = first(one);
        int second = first(other);
        if (first != second) {
            boolean inOrder = isBefore(first, second);
            ledger.parent(inOrder ? second : first, inOrder ? first : second);
        }
    }
}
