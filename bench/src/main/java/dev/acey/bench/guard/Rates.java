package dev.acey.bench.guard;

/**
 * What the calls of an arm are like, all within 0 and 1.
 *
 * @param confidence the mean; single ones scatter around it by 0.15
 */
record Rates(double error, double rejection, double slow, double inaccuracy, double confidence) {

    /** A usual baseline. */
    static final Rates USUAL = new Rates(0.01, 0.05, 0.02, 0.15, 0.75);

    Rates error(double other) {
        return new Rates(other, rejection, slow, inaccuracy, confidence);
    }

    Rates rejection(double other) {
        return new Rates(error, other, slow, inaccuracy, confidence);
    }

    Rates slow(double other) {
        return new Rates(error, rejection, other, inaccuracy, confidence);
    }

    Rates inaccuracy(double other) {
        return new Rates(error, rejection, slow, other, confidence);
    }

    Rates confidence(double other) {
        return new Rates(error, rejection, slow, inaccuracy, other);
    }
}
