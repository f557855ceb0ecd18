package dev.acey.simulation.report;

import dev.acey.simulation.drift.Drift;
import java.util.List;

/**
 * A test of the voice, set for the page.
 *
 * @param other what the candidate is held against
 */
public record Voice(
        String finding,
        String other,
        String pValue,
        String effect,
        String method,
        List<Feature> features,
        List<ShownExample> examples) {

    /** Shifts are drawn on a scale up to this many standard deviations. */
    private static final double SCALE = 2;

    /** One feature. */
    public record Feature(
            String name,
            String baseline,
            String candidate,
            String shift,
            String contribution,
            Chart chart) {

        static Feature of(Drift.DriftFeature feature, double scale) {
            String shift = Numbers.signed(feature.shift(), 2);
            return new Feature(
                    feature.name(),
                    Numbers.plain(feature.baseline(), 3),
                    Numbers.plain(feature.candidate(), 3),
                    shift,
                    Numbers.percent(feature.contribution()),
                    Chart.bar(
                            feature.shift(),
                            scale,
                            feature.name() + " moved by " + shift + " standard deviations"));
        }
    }

    /** Null without a test. */
    static Voice of(Drift drift, String other, List<ShownExample> examples) {
        if (drift == null) {
            return null;
        }
        double scale = Math.max(SCALE, drift.largestShift());
        return new Voice(
                finding(drift),
                other,
                Numbers.pValue(drift.pValue()),
                Numbers.plain(drift.score(), 4),
                drift.method(),
                drift.features().stream().map(one -> Feature.of(one, scale)).toList(),
                examples);
    }

    private static String finding(Drift drift) {
        if (drift.pValue() == null) {
            return "Not tested";
        }
        if (drift.drifted() == null) {
            return "Nothing found, with too few outputs to rule drift out";
        }
        return drift.drifted() ? "The voice has drifted" : "No drift that matters";
    }
}
