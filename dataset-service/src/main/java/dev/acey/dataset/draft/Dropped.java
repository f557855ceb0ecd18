package dev.acey.dataset.draft;

import dev.acey.dataset.example.DropReason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * How many entries gave no example, by reason; each counts once, under the first reason found.
 *
 * @param invalid failed calls, traffic that is not live, and what the format cannot say
 * @param overLimit more than {@code maxExamples} or {@code maxUnreviewedShare} allow
 */
@RegisterForReflection
public record Dropped(
        long lowConfidence,
        long rejected,
        long pending,
        long duplicate,
        long nearDuplicate,
        long empty,
        long invalid,
        long overLimit) {

    static Dropped of(Map<DropReason, Long> counts) {
        return new Dropped(
                counts.getOrDefault(DropReason.LOW_CONFIDENCE, 0L),
                counts.getOrDefault(DropReason.REJECTED, 0L),
                counts.getOrDefault(DropReason.PENDING, 0L),
                counts.getOrDefault(DropReason.DUPLICATE, 0L),
                counts.getOrDefault(DropReason.NEAR_DUPLICATE, 0L),
                counts.getOrDefault(DropReason.EMPTY, 0L),
                counts.getOrDefault(DropReason.FAILED_CALL, 0L)
                        + counts.getOrDefault(DropReason.NOT_LIVE, 0L)
                        + counts.getOrDefault(DropReason.NOT_CONVERTIBLE, 0L)
                        + counts.getOrDefault(DropReason.UNPAIRED, 0L),
                counts.getOrDefault(DropReason.OVER_LIMIT, 0L)
                        + counts.getOrDefault(DropReason.UNREVIEWED, 0L));
    }
}
