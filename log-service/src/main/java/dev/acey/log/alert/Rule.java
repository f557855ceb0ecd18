package dev.acey.log.alert;

import dev.acey.log.tally.Count;
import dev.acey.log.tally.Sum;
import dev.acey.log.tally.Tally;
import dev.acey.log.threshold.Thresholds;
import java.util.Arrays;

/** What an alert is about; the larger a rule's figure, the worse. */
public enum Rule {
    /** The share of calls that failed. */
    ERROR_RATE("errorRate") {
        @Override
        Measurement measure(Tally window, Tally dayBefore) {
            return share(window, Count.FAILED);
        }

        @Override
        double threshold(Thresholds thresholds) {
            return thresholds.errorRate();
        }
    },
    /** The 95th percentile of response times, in milliseconds. */
    RESPONSE_TIME("responseTime") {
        @Override
        Measurement measure(Tally window, Tally dayBefore) {
            return new Measurement(window.responseTime(0.95), window.count(Count.RESPONSE_TIMES));
        }

        @Override
        double threshold(Thresholds thresholds) {
            return thresholds.responseTime();
        }
    },
    /**
     * How far the mean confidence is below that of the whole task on the UTC day before. The sample
     * is the smaller one of the two.
     */
    CONFIDENCE_DROP("confidenceDrop") {
        @Override
        Measurement measure(Tally window, Tally dayBefore) {
            Double now = window.mean(Sum.CONFIDENCE, Count.CONFIDENCES);
            Double before = dayBefore.mean(Sum.CONFIDENCE, Count.CONFIDENCES);
            return new Measurement(
                    now == null || before == null ? null : Double.valueOf(before - now),
                    Math.min(window.count(Count.CONFIDENCES), dayBefore.count(Count.CONFIDENCES)));
        }

        @Override
        double threshold(Thresholds thresholds) {
            return thresholds.confidenceDrop();
        }
    },
    /** The share of calls whose output was rejected. */
    REJECTION_RATE("rejectionRate") {
        @Override
        Measurement measure(Tally window, Tally dayBefore) {
            return share(window, Count.REJECTED);
        }

        @Override
        double threshold(Thresholds thresholds) {
            return thresholds.rejectionRate();
        }
    };

    private final String json;

    Rule(String json) {
        this.json = json;
    }

    /**
     * The rule's figure.
     *
     * @param window of one task and variant
     * @param dayBefore of the task, whatever the variant
     */
    abstract Measurement measure(Tally window, Tally dayBefore);

    abstract double threshold(Thresholds thresholds);

    /** The name of its threshold, by which the guide knows it. */
    public String json() {
        return json;
    }

    static Rule of(String json) {
        return Arrays.stream(values()).filter(r -> r.json.equals(json)).findFirst().orElseThrow();
    }

    private static Measurement share(Tally window, Count part) {
        return new Measurement(window.share(part, Count.ENTRIES), window.count(Count.ENTRIES));
    }
}
