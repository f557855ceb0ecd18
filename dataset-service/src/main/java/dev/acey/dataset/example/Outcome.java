package dev.acey.dataset.example;

import java.util.List;

/** What became of an entry. */
public sealed interface Outcome permits Example, Outcome.Sides, Outcome.Dropped {

    /** Answers that become examples together with those of other entries to the same prompt. */
    record Sides(List<Side> sides) implements Outcome {}

    /** No example, and why. */
    record Dropped(DropReason reason) implements Outcome {}
}
