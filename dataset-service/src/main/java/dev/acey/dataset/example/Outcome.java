package dev.acey.dataset.example;

/** What became of an entry. */
public sealed interface Outcome permits Example, Outcome.Dropped {

    /** No example, and why. */
    record Dropped(DropReason reason) implements Outcome {}
}
