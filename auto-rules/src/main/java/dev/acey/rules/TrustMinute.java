package dev.acey.rules;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the changes of a user's trust add up to while a change made now is among those of the last
 * minute, if no other follows, as exact decimals.
 *
 * @param sum now
 * @param lowest of the sums now and as each older change becomes a minute old
 * @param highest of the same sums
 */
record TrustMinute(BigDecimal sum, BigDecimal lowest, BigDecimal highest) {

    /**
     * @param deltas those of the last minute, in any order; one in the future counts as of now
     */
    static TrustMinute of(List<Trust.Delta> deltas, Instant at) {
        NavigableMap<Long, BigDecimal> newestFirst = new TreeMap<>(Comparator.reverseOrder());
        for (Trust.Delta delta : deltas) {
            long since = Math.min(delta.at().toEpochMilli(), at.toEpochMilli());
            newestFirst.merge(since, Decimals.of(delta.delta()), BigDecimal::add);
        }
        BigDecimal sum = newestFirst.getOrDefault(at.toEpochMilli(), BigDecimal.ZERO);
        BigDecimal lowest = sum;
        BigDecimal highest = sum;
        for (Map.Entry<Long, BigDecimal> older :
                newestFirst.tailMap(at.toEpochMilli(), false).entrySet()) {
            sum = sum.add(older.getValue());
            lowest = lowest.min(sum);
            highest = highest.max(sum);
        }
        return new TrustMinute(sum, lowest, highest);
    }

    /** With one more change now. */
    TrustMinute plus(BigDecimal change) {
        return new TrustMinute(sum.add(change), lowest.add(change), highest.add(change));
    }
}
