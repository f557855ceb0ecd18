package dev.acey.simulation.verdict;

import dev.acey.simulation.statistics.SignedRank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One number of both models on the same prompts; of many prompts, a random sample is tested. */
final class PairedSample {

    private final Random sampling;
    private final List<Double> differences = new ArrayList<>();
    private double baselineSum;
    private double candidateSum;
    private int seen;

    PairedSample(long seed) {
        this.sampling = new Random(seed);
    }

    /** Adds one prompt; nothing where either number is unknown. */
    void add(Double baseline, Double candidate) {
        if (baseline == null || candidate == null) {
            return;
        }
        seen++;
        baselineSum += baseline;
        candidateSum += candidate;
        if (differences.size() < SignedRank.MOST_PAIRS) {
            differences.add(candidate - baseline);
            return;
        }
        int place = sampling.nextInt(seen);
        if (place < SignedRank.MOST_PAIRS) {
            differences.set(place, candidate - baseline);
        }
    }

    double baselineMean() {
        return baselineSum / seen;
    }

    double candidateMean() {
        return candidateSum / seen;
    }

    /** Empty with too few prompts on which both are known. */
    Optional<SignedRank> test() {
        return differences.size() < SignedRank.FEWEST_PAIRS
                ? Optional.empty()
                : Optional.of(
                        SignedRank.of(
                                differences.stream().mapToDouble(Double::doubleValue).toArray()));
    }
}
