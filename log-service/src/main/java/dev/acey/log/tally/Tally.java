package dev.acey.log.tally;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * Counts, sums and the distribution of response times of any number of entries; it can be merged
 * with another. What was added can be taken out again, but for the times of the oldest and the
 * newest, which stay.
 */
public final class Tally {

    final long[] counts = new long[Count.values().length];
    final double[] sums = new double[Sum.values().length];
    final Latencies latencies = new Latencies();

    /** Of entries taken out that another tally holds. */
    final Latencies taken = new Latencies();

    Instant oldest;
    Instant newest;

    /** Counts one entry. */
    public void add(Measured entry) {
        count(entry, 1);
        if (entry.responseTime() != null) {
            latencies.record(entry.responseTime());
        }
        cover(entry.at(), entry.at());
    }

    /** Takes out one entry that was counted before, here or in a tally this is merged with. */
    public void take(Measured entry) {
        count(entry, -1);
        if (entry.responseTime() != null) {
            taken.record(entry.responseTime());
        }
    }

    /** Moves one entry from one decision to another; null is none. */
    public void move(String from, String to) {
        decided(from, -1);
        decided(to, 1);
    }

    /**
     * Counts feedback, or takes it out.
     *
     * @param score within 0 and 1; at least 0.5 is good
     * @param sign 1 or -1
     */
    public void feedback(double score, int sign) {
        add(Count.FEEDBACK, sign);
        add(Count.POSITIVE, score >= 0.5 ? sign : 0);
    }

    /** Adds all that the other one holds. */
    public void merge(Tally other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        latencies.add(other.latencies);
        taken.add(other.taken);
        cover(other.oldest, other.newest);
    }

    /** Adds response times that are counted already, in the encoding they are stored in. */
    public void addLatencies(Buffer encoded) {
        latencies.add(encoded);
    }

    /** Takes out of the distribution of response times what is marked as taken. */
    public Tally settled() {
        latencies.subtract(taken);
        return this;
    }

    public long count(Count what) {
        return counts[what.ordinal()];
    }

    public double sum(Sum what) {
        return sums[what.ordinal()];
    }

    /** A share within 0 and 1; null where there is nothing to take it of. */
    public Double share(Count part, Count whole) {
        return count(whole) <= 0 ? null : (double) count(part) / count(whole);
    }

    /** Null where there is nothing to take it of. */
    public Double mean(Sum what, Count number) {
        return count(number) <= 0 ? null : sum(what) / count(number);
    }

    /** Milliseconds, within 1 % or 0.1 ms; null where no response time is known. */
    public Double responseTime(double share) {
        return latencies.quantile(share);
    }

    /** The timestamp of the oldest entry that was ever counted; null without any. */
    public Instant oldest() {
        return oldest;
    }

    public Instant newest() {
        return newest;
    }

    void cover(Instant from, Instant to) {
        if (oldest == null || (from != null && from.isBefore(oldest))) {
            oldest = from;
        }
        if (newest == null || (to != null && to.isAfter(newest))) {
            newest = to;
        }
    }

    private void count(Measured entry, int sign) {
        add(Count.ENTRIES, sign);
        add(Count.FAILED, entry.failed() ? sign : 0);
        decided(entry.decision(), sign);
        add(Count.APPLICATIONS, entry.findings() != null && entry.findings() > 0 ? sign : 0);
        add(Count.CONFIDENCES, Sum.CONFIDENCE, entry.confidence(), sign);
        add(Count.RESPONSE_TIMES, Sum.RESPONSE_TIME, entry.responseTime(), sign);
        sums[Sum.COST.ordinal()] += entry.cost() == null ? 0 : sign * entry.cost();
        add(Count.PROMPT_TOKENS, entry.promptTokens() == null ? 0 : sign * entry.promptTokens());
        add(
                Count.COMPLETION_TOKENS,
                entry.completionTokens() == null ? 0 : sign * entry.completionTokens());
    }

    private void decided(String decision, int sign) {
        if (decision != null) {
            add(
                    switch (decision) {
                        case "approved" -> Count.APPROVED;
                        case "modified" -> Count.MODIFIED;
                        case "rejected" -> Count.REJECTED;
                        case "pending" -> Count.PENDING;
                        default -> throw new IllegalArgumentException("no decision: " + decision);
                    },
                    sign);
        }
    }

    private void add(Count number, Sum what, Double value, int sign) {
        if (value != null) {
            add(number, sign);
            sums[what.ordinal()] += sign * value;
        }
    }

    private void add(Count what, long by) {
        counts[what.ordinal()] += by;
    }
}
