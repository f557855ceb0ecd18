package dev.acey.simulation.drift;

import dev.acey.simulation.drift.Drift.DriftFeature;
import dev.acey.simulation.drift.Drift.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which features moved, how far, and where one can see it. */
final class Shifts {

    static final int FEATURES_SHOWN = 10;

    /** Of so many features examples are given. */
    private static final int EXPLAINED = 5;

    /** Finds the outputs that show one feature's shift best. */
    interface Finder {

        /**
         * @param axis of the space
         * @param sign 1 where the candidate has more of it, -1 where it has less
         */
        List<Example> examples(int axis, double sign);
    }

    private Shifts() {}

    /** The features that moved most, by their share of the squared shifts of all. */
    static List<DriftFeature> of(
            FeatureSpace space,
            List<Utterance> baseline,
            List<Utterance> candidate,
            Finder finder) {
        List<double[]> before = Utterance.features(baseline);
        List<double[]> after = Utterance.features(candidate);
        double[] shifts = shifts(space.place(before), space.place(after), space.axes().size());
        double squares = 0;
        for (double shift : shifts) {
            squares += shift * shift;
        }
        List<Integer> shown = new ArrayList<>();
        for (int k = 0; k < shifts.length; k++) {
            shown.add(k);
        }
        shown.sort(Comparator.comparingDouble((Integer k) -> -shifts[k] * shifts[k]));
        List<DriftFeature> features = new ArrayList<>();
        for (int k : shown.subList(0, Math.min(FEATURES_SHOWN, shown.size()))) {
            int feature = space.axes().get(k).feature();
            boolean explained = features.size() < EXPLAINED && shifts[k] != 0;
            features.add(
                    new DriftFeature(
                            space.axes().get(k).name(),
                            FeatureSpace.mean(feature, before),
                            FeatureSpace.mean(feature, after),
                            shifts[k],
                            squares > 0 ? shifts[k] * shifts[k] / squares : 0,
                            explained ? finder.examples(k, Math.signum(shifts[k])) : List.of()));
        }
        return List.copyOf(features);
    }

    private static double[] shifts(double[][] before, double[][] after, int axes) {
        double[] shifts = new double[axes];
        for (int k = 0; k < axes; k++) {
            shifts[k] = mean(after, k) - mean(before, k);
        }
        return shifts;
    }

    private static double mean(double[][] points, int axis) {
        double sum = 0;
        for (double[] point : points) {
            sum += point[axis];
        }
        return sum / points.length;
    }
}
