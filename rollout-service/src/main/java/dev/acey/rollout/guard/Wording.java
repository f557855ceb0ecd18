package dev.acey.rollout.guard;

import java.util.Locale;

/** Numbers as a verdict's sentences write them. */
final class Wording {

    private static final double A_MILLION = 1e6;

    private Wording() {}

    /** A share; null where nothing was counted. */
    static String percent(Double share) {
        return share == null ? "unknown" : String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    static String evidence(double ln) {
        return ln >= StrictMath.log(A_MILLION)
                ? "over a million"
                : String.format(Locale.ROOT, "%.2f", StrictMath.exp(ln));
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.valueOf(value);
    }
}
