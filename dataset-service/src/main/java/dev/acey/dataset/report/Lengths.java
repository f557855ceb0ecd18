package dev.acey.dataset.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How long things are; quantiles are off by 3 % at most. */
final class Lengths {

    private static final double STEP = Math.log(1.06);

    private final long[] cells = new long[512];
    private long count;
    private long sum;
    private long shortest = Long.MAX_VALUE;
    private long longest;

    /**
     * @param length at least 1
     */
    void add(long length) {
        cells[(int) Math.round(Math.log(length) / STEP)]++;
        count++;
        sum += length;
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
    }

    ObjectNode report() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        if (count == 0) {
            return report;
        }
        return report.put("min", shortest)
                .put("mean", Math.round(10.0 * sum / count) / 10.0)
                .put("p50", quantile(0.5))
                .put("p95", quantile(0.95))
                .put("max", longest);
    }

    private long quantile(double share) {
        long left = (long) Math.ceil(share * count);
        for (int i = 0; i < cells.length; i++) {
            left -= cells[i];
            if (left <= 0) {
                return Math.max(shortest, Math.min(longest, Math.round(Math.exp(i * STEP))));
            }
        }
        return longest;
    }
}
