package dev.acey.log.alert;

/**
 * A figure.
 *
 * @param value null where there is nothing to take it of
 * @param sample of how many calls it was taken
 */
record Measurement(Double value, long sample) {

    boolean says(int minimumSample) {
        return value != null && sample >= minimumSample;
    }
}
