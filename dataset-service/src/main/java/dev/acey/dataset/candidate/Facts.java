package dev.acey.dataset.candidate;

/**
 * What a candidate is chosen by.
 *
 * @param keyHigh with {@code keyLow}, what exact duplicates have in common
 * @param conversation what candidates of one conversation have in common
 * @param rank of two that say the same, the higher stays
 */
public record Facts(long keyHigh, long keyLow, long conversation, long rank) {

    private static final long REVIEWED = 1L << 62;

    /**
     * What a person reviewed ranks before what nobody did, and then the higher confidence, where
     * none is the lowest.
     *
     * @param confidence within 0 and 1; NaN where nobody gave one
     */
    public static long rank(boolean reviewed, double confidence) {
        // Doubles that are not negative order like their bits.
        long byConfidence =
                Double.isNaN(confidence) ? 0 : Double.doubleToLongBits(confidence + 0.0) + 1;
        return (reviewed ? REVIEWED : 0) | byConfidence;
    }

    static boolean reviewed(long rank) {
        return (rank & REVIEWED) != 0;
    }
}
