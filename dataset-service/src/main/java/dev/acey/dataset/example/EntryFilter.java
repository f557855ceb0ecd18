package dev.acey.dataset.example;

import dev.acey.dataset.source.Call;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.task.Format;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries may become examples. Calls that failed and traffic that is not live never do.
 *
 * @param minConfidence within 0 and 1; an entry below it is left out
 * @param excludeRejected whether rejected entries are left out; they stay in a classification,
 *     where they are the label, and in preferences, where they are what is not preferred
 * @param includePending whether entries come in that still wait for a person
 * @param requireConfidence whether an entry without a confidence is left out
 */
public record EntryFilter(
        double minConfidence,
        boolean excludeRejected,
        boolean includePending,
        boolean requireConfidence) {

    private static final String LIVE = "live";
    private static final Set<Format> LEARN_FROM_REJECTED =
            EnumSet.of(Format.CLASSIFICATION, Format.PREFERENCE);

    /**
     * Why this entry stays out of a dataset of this format; empty when it may come in. One of which
     * a person has shown the right answer is not rejected or pending: it teaches that answer.
     */
    public Optional<DropReason> refusal(Call call, Format format) {
        LogEntry entry = call.entry();
        if (entry.failed()) {
            return Optional.of(DropReason.FAILED_CALL);
        }
        if (!LIVE.equals(entry.environment())) {
            return Optional.of(DropReason.NOT_LIVE);
        }
        Optional<DropReason> byDecision =
                call.demonstration() == null ? byDecision(entry, format) : Optional.empty();
        return byDecision.or(() -> byConfidence(entry.confidence()));
    }

    private Optional<DropReason> byDecision(LogEntry entry, Format format) {
        Decision decision = Decision.of(entry);
        if (decision == Decision.REJECTED
                && excludeRejected
                && !LEARN_FROM_REJECTED.contains(format)) {
            return Optional.of(DropReason.REJECTED);
        }
        return decision == Decision.OPEN && !includePending
                ? Optional.of(DropReason.PENDING)
                : Optional.empty();
    }

    private Optional<DropReason> byConfidence(Double confidence) {
        boolean tooLow = confidence == null ? requireConfidence : confidence < minConfidence;
        return tooLow ? Optional.of(DropReason.LOW_CONFIDENCE) : Optional.empty();
    }
}
