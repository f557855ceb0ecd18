package dev.acey.simulation.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's adjustment (1979): p-values that may all be read at one level. */
public final class Holm {

    private Holm() {}

    /** The adjusted p-values, in the order given; none below its own, none above 1. */
    public static double[] adjust(double... pValues) {
        List<Integer> ascending =
                IntStream.range(0, pValues.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> pValues[i]))
                        .toList();
        double[] adjusted = new double[pValues.length];
        double atLeast = 0;
        for (int rank = 0; rank < pValues.length; rank++) {
            int i = ascending.get(rank);
            atLeast = Math.max(atLeast, Math.min(1, (pValues.length - rank) * pValues[i]));
            adjusted[i] = atLeast;
        }
        return adjusted;
    }
}
