package dev.acey.simulation.cases;

/**
 * What a simulation may use in all.
 *
 * @param calls to models, with those that failed
 * @param nanodollars US dollars in billionths
 */
public record Budget(int calls, long nanodollars) {

    private static final double BILLION = 1e9;

    /** Rounded up, so that what is reserved is enough. */
    public static long nano(double dollars) {
        return (long) Math.ceil(dollars * BILLION);
    }

    public static double dollars(long nanodollars) {
        return nanodollars / BILLION;
    }
}
