package dev.acey.launcher.demo;

/**
 * How a persona behaves. It can be told to behave otherwise while it runs.
 *
 * @param latencyMs from a request to the first byte of its answer, 0 to 60,000
 * @param jitterMs up to so much is added to the latency, 0 to 60,000
 * @param errorRate the share of requests that fail, 0 to 1
 * @param drift the share of answers in another voice, with memories it is less sure of, 0 to 1
 */
record Behaviour(int latencyMs, int jitterMs, double errorRate, double drift) {

    private static final int LONGEST_MS = 60_000;

    Behaviour {
        require("latencyMs", latencyMs, LONGEST_MS);
        require("jitterMs", jitterMs, LONGEST_MS);
        require("errorRate", errorRate, 1);
        require("drift", drift, 1);
    }

    private static void require(String field, double value, int most) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(field + " must be from 0 to " + most);
        }
    }
}
