package dev.acey.simulation.verdict;

import dev.acey.simulation.statistics.SignedRank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Confidences of both models on the same prompts; of many, a random sample is tested. */
final class ConfidenceSample {

    private final Random sampling;
    private final List<Double> differences = new ArrayList<>();
    private double baselineSum;
    private double candidateSum;
    private int seen;

    ConfidenceSample(long seed) {
        this.sampling = new Random(seed);
    }

    void add(double baseline, double candidate) {
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

    /** Empty with too few prompts on which both state a confidence. */
    Optional<SignedRank> test() {
        return differences.size() < SignedRank.FEWEST_PAIRS
                ? Optional.empty()
                : Optional.of(
                        SignedRank.of(
                                differences.stream().mapToDouble(Double::doubleValue).toArray()));
    }
}
