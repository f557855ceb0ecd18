package dev.acey.simulation.statistics;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * A confidence interval at {@link Level#CONFIDENCE}; in JSON an array of two numbers.
 *
 * @param low not above {@code high}
 */
@RegisterForReflection
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"low", "high"})
public record Interval(double low, double high) {

    /** Of a rate of this many in so many, of at least 1: Wilson's score interval. */
    public static Interval ofRate(int count, int of) {
        var wilson = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(of, count, Level.ERROR);
        return new Interval(
                count == 0 ? 0 : wilson.getLowerBound(), count == of ? 1 : wilson.getUpperBound());
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
