package dev.acey.log.metrics;

import dev.acey.log.tally.Count;
import dev.acey.log.tally.Sum;
import dev.acey.log.tally.Tally;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What became of some requests. Rates are shares of all of them; what cannot be known is null.
 *
 * @param errorRate of calls that failed
 * @param rejectionRate of those whose decision is rejected
 * @param modificationRate of those whose decision is modified
 * @param accuracy share of good feedback (true, or a score of at least 0.5) among all feedback that
 *     says good or bad
 * @param feedback how much of it says so
 * @param cost US dollars
 */
@RegisterForReflection
public record Figures(
        long requests,
        Double errorRate,
        Double rejectionRate,
        Double modificationRate,
        ResponseTime responseTime,
        Confidence confidence,
        Double accuracy,
        long feedback,
        double cost,
        Tokens tokens) {

    /**
     * Milliseconds; the quantiles within 1 % or 0.1 ms.
     *
     * @param p95 what 95 % of the requests did not exceed
     */
    @RegisterForReflection
    public record ResponseTime(Double mean, Double p50, Double p95, Double p99) {}

    /**
     * @param mean of the requests that have a confidence
     */
    @RegisterForReflection
    public record Confidence(Double mean) {}

    @RegisterForReflection
    public record Tokens(long prompt, long completion, long total) {}

    static Figures of(Tally tally) {
        long prompt = tally.count(Count.PROMPT_TOKENS);
        long completion = tally.count(Count.COMPLETION_TOKENS);
        return new Figures(
                tally.count(Count.ENTRIES),
                tally.share(Count.FAILED, Count.ENTRIES),
                tally.share(Count.REJECTED, Count.ENTRIES),
                tally.share(Count.MODIFIED, Count.ENTRIES),
                new ResponseTime(
                        tally.mean(Sum.RESPONSE_TIME, Count.RESPONSE_TIMES),
                        tally.responseTime(0.5),
                        tally.responseTime(0.95),
                        tally.responseTime(0.99)),
                new Confidence(tally.mean(Sum.CONFIDENCE, Count.CONFIDENCES)),
                tally.share(Count.POSITIVE, Count.FEEDBACK),
                tally.count(Count.FEEDBACK),
                tally.sum(Sum.COST),
                new Tokens(prompt, completion, prompt + completion));
    }
}
