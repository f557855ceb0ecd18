package dev.acey.dataset.duplicate;

import dev.acey.dataset.candidate.Ledger;

/**
 * Groups of candidates, as disjoint sets in the ledger (union-find with path halving). The root of
 * each is the member that comes before all others, whatever the order in which they were joined.
 */
public final class Groups {

    /** Which of two members comes first; both are never the same. */
    public interface Order {
        boolean isBefore(int one, int other);
    }

    private final Ledger ledger;
    private final Order order;

    private Groups(Ledger ledger, Order order) {
        this.ledger = ledger;
        this.order = order;
    }

    /** The best member first: reviewed by a person, then confident, then old. */
    public static Groups bestFirst(Ledger ledger) {
        return new Groups(
                ledger,
                (one, other) -> {
                    long rank = ledger.rank(one);
                    long others = ledger.rank(other);
                    return rank == others ? one < other : rank > others;
                });
    }

    /** The oldest member first. */
    public static Groups oldestFirst(Ledger ledger) {
        return new Groups(ledger, (one, other) -> one < other);
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
            boolean inOrder = order.isBefore(first, second);
            ledger.parent(inOrder ? second : first, inOrder ? first : second);
        }
    }

    /** Makes each candidate a group of its own again. */
    public void dissolve() {
        for (int i = 0; i < ledger.count(); i++) {
            ledger.parent(i, i);
        }
    }
}
