package dev.acey.rollout.guard.evalue;

/**
 * One metric's calls of both arms over the same time.
 *
 * @param baseline the baseline's calls
 * @param baselineEvents those of them that count against it
 * @param candidate the candidate's calls
 * @param candidateEvents those of them that count against it
 */
public record RateBlock(long baseline, long baselineEvents, long candidate, long candidateEvents) {

    public RateBlock {
        if (baselineEvents < 0
                || candidateEvents < 0
                || baselineEvents > baseline
                || candidateEvents > candidate) {
            throw new IllegalArgumentException(
                    "events must be 0 to the calls: %d of %d, %d of %d"
                            .formatted(baselineEvents, baseline, candidateEvents, candidate));
        }
    }

    long events() {
        return baselineEvents + candidateEvents;
    }
}
