package dev.acey.dataset.prepare;

import dev.acey.dataset.draft.Dropped;
import dev.acey.dataset.draft.FinishedTask;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** Counts what became of the entries that finished passes read. */
@Singleton
class PrepareMetrics {

    private static final String ENTRIES = "acey.dataset.entries";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;

    PrepareMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(List<FinishedTask> tasks) {
        for (FinishedTask task : tasks) {
            Dropped dropped = task.dropped();
            count("kept", task.examples());
            count("low_confidence", dropped.lowConfidence());
            count("rejected", dropped.rejected());
            count("pending", dropped.pending());
            count("duplicate", dropped.duplicate());
            count("near_duplicate", dropped.nearDuplicate());
            count("empty", dropped.empty());
            count("invalid", dropped.invalid());
            count("over_limit", dropped.overLimit());
        }
    }

    private void count(String outcome, long entries) {
        registry.counter(ENTRIES, OUTCOME, outcome).increment(entries);
    }
}
