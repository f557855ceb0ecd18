package dev.acey.dataset.source;

import java.time.Instant;
import java.util.List;

/**
 * Which entries are read.
 *
 * @param taskTypes of these tasks
 * @param from not before this; null for no bound
 * @param to before this
 */
public record Selection(List<String> taskTypes, Instant from, Instant to) {

    String joined() {
        return String.join(",", taskTypes);
    }
}
