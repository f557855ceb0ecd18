package dev.acey.simulation.report;

import java.util.Locale;

/**
 * One row's drawing, in a box 100 wide with a mark in it where nothing differs.
 *
 * @param x left end
 * @param width at least half a unit, so that it is seen
 * @param mark the estimate within; negative where there is none
 * @param zero where nothing differs; negative where there is no such place
 * @param label the drawing in words
 */
public record Chart(double x, double width, double mark, double zero, String label) {

    private static final double LEAST = 0.5;

    /** A share of the whole, 0 to 1. */
    static Chart share(double share, String label) {
        return new Chart(0, rounded(Math.max(LEAST, 100 * share)), -1, -1, label);
    }

    /** From nothing to a value, to the left below 0. */
    static Chart bar(double value, double most, String label) {
        double length = Math.min(50, 50 * Math.abs(value) / most);
        double x = value < 0 ? 50 - length : 50;
        return new Chart(rounded(x), rounded(Math.max(LEAST, length)), -1, 50, label);
    }

    /** An interval around an estimate. */
    static Chart interval(double low, double value, double high, double most, String label) {
        double x = at(low, most);
        return new Chart(
                rounded(x),
                rounded(Math.max(LEAST, at(high, most) - x)),
                rounded(at(value, most)),
                50,
                label);
    }

    private static double at(double value, double most) {
        return Math.max(0, Math.min(100, 50 + 50 * value / most));
    }

    private static double rounded(double number) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.2f", number));
    }
}
