package dev.acey.simulation.report;

import dev.acey.simulation.statistics.Interval;
import java.util.Locale;

/** Numbers as a page shows them; a dash where there is none. */
final class Numbers {

    private static final String NONE = "–";

    private Numbers() {}

    static String percent(Double share) {
        return share == null ? NONE : format("%.1f %%", 100 * share);
    }

    /** A difference of two shares, in percentage points. */
    static String points(Double difference) {
        return difference == null ? NONE : format("%+.1f points", 100 * difference);
    }

    static String points(Interval interval) {
        return interval == null
                ? NONE
                : format("%+.1f to %+.1f", 100 * interval.low(), 100 * interval.high());
    }

    static String plain(Double number, int digits) {
        return number == null ? NONE : format("%." + digits + "f", number);
    }

    static String signed(Double number, int digits) {
        return number == null ? NONE : format("%+." + digits + "f", number);
    }

    static String signed(Interval interval, int digits) {
        return interval == null
                ? NONE
                : signed(interval.low(), digits) + " to " + signed(interval.high(), digits);
    }

    static String pValue(Double p) {
        if (p == null) {
            return NONE;
        }
        return p < 0.001 ? "< 0.001" : format("%.3f", p);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
