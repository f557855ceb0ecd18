package dev.acey.simulation.statistics;

/** The confidence level of every interval a simulation gives. */
public final class Level {

    /** 95 %, two-sided. */
    public static final double CONFIDENCE = 0.95;

    static final double ERROR = 1 - CONFIDENCE;

    /** The standard normal quantile at 1 − {@link #ERROR} / 2. */
    static final double Z = 1.959963984540054;

    private Level() {}
}
