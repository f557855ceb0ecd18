package dev.acey.dataset.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;

/**
 * An entry, as far as examples are made of it, with what was said about it later.
 *
 * @param demonstration what a person says the answer should have been: speech and intents; null
 *     where nobody said so
 */
public record Call(LogEntry entry, ObjectNode demonstration) {

    /** Whether a person has looked at it: decided, or shown the right answer. */
    public boolean reviewed() {
        return entry.review() != null || demonstration != null;
    }
}
