package dev.acey.dataset.draft;

import dev.acey.dataset.candidate.Candidate;
import dev.acey.dataset.candidate.Facts;
import dev.acey.dataset.example.DropReason;
import dev.acey.dataset.example.Side;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What one entry gave.
 *
 * @param ruleSet that judged it; null for none
 * @param found personal data and credentials that were taken out, by kind
 */
record Made(
        UUID log,
        String taskType,
        Instant at,
        String ruleSet,
        Map<String, Integer> found,
        Content content) {

    /** An example, sides of preferences, or nothing. */
    sealed interface Content {}

    /**
     * An example.
     *
     * @param shingles of its text, ascending; none where texts are not compared
     * @param buckets of these
     */
    record One(Candidate candidate, Facts facts, int[] shingles, long[] buckets)
            implements Content {}

    /**
     * Sides of preferences.
     *
     * @param origin where they come from
     */
    record Some(List<Side> sides, Origin origin) implements Content {}

    /** Nothing, and why. */
    record None(DropReason reason) implements Content {}
}
