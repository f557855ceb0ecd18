package dev.acey.simulation.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * The axes outputs are placed on, in standard deviations of the baseline's outputs: the features of
 * style, and the function words that at least a tenth of the baseline's outputs use.
 *
 * @param axes which of {@link Features#NAMES}
 */
record FeatureSpace(List<Axis> axes) {

    /** A function word is used if at least this share of the baseline's outputs have it. */
    static final double COMMON = 0.1;

    /** How far from the baseline's mean one output may lie on one axis, in standard deviations. */
    static final double CLIP = 4;

    /**
     * One feature as the baseline has it.
     *
     * @param deviation the sample's standard deviation; 0 where the baseline does not vary
     */
    record Axis(int feature, double mean, double deviation) {

        String name() {
            return Features.NAMES.get(feature);
        }

        /** Where the baseline never varies, whatever differs from it lies at the edge. */
        double place(double[] output) {
            double difference = output[feature] - mean;
            if (deviation > 0) {
                return Math.max(-CLIP, Math.min(CLIP, difference / deviation));
            }
            return Math.abs(difference) <= negligible(mean) ? 0 : CLIP * Math.signum(difference);
        }
    }

    /** The space that these outputs of the baseline, at least two, give. */
    static FeatureSpace of(List<double[]> baseline) {
        List<Axis> axes = new ArrayList<>();
        for (int feature = 0; feature < Features.NAMES.size(); feature++) {
            if (feature < Features.STYLE_FEATURES || isCommon(feature, baseline)) {
                double mean = mean(feature, baseline);
                axes.add(new Axis(feature, mean, deviation(feature, baseline, mean)));
            }
        }
        return new FeatureSpace(List.copyOf(axes));
    }

    String description() {
        return "energy distance of "
                + axes.size()
                + " style and function-word features, output by output";
    }

    double[][] place(List<double[]> outputs) {
        return outputs.stream()
                .map(output -> axes.stream().mapToDouble(axis -> axis.place(output)).toArray())
                .toArray(double[][]::new);
    }

    static double mean(int feature, List<double[]> outputs) {
        double sum = 0;
        for (double[] output : outputs) {
            sum += output[feature];
        }
        return sum / outputs.size();
    }

    private static boolean isCommon(int feature, List<double[]> outputs) {
        long users = outputs.stream().filter(output -> output[feature] > 0).count();
        return users >= COMMON * outputs.size();
    }

    private static double deviation(int feature, List<double[]> outputs, double mean) {
        double squares = 0;
        for (double[] output : outputs) {
            squares += (output[feature] - mean) * (output[feature] - mean);
        }
        double deviation = Math.sqrt(squares / (outputs.size() - 1));
        return deviation > negligible(mean) ? deviation : 0;
    }

    /** What only rounding makes of values that are all the same. */
    private static double negligible(double mean) {
        return 1e-9 * (1 + Math.abs(mean));
    }
}
