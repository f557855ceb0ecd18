package dev.acey.bench.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The exact likeness of every pair of texts: each different run of words has a number of its own.
 */
final class BruteForce {

    private final List<int[]> texts = new ArrayList<>();

    /** Two texts and how alike they are. */
    record Pair(int one, int other, double likeness) {}

    BruteForce(List<List<String>> texts) {
        Map<List<String>, Integer> numbers = new HashMap<>();
        for (List<String> words : texts) {
            Set<List<String>> runs = PlantedTexts.runs(words);
            this.texts.add(
                    runs.stream()
                            .mapToInt(run -> numbers.computeIfAbsent(run, r -> numbers.size()))
                            .sorted()
                            .toArray());
        }
    }

    private double likeness(int one, int other) {
        int[] first = texts.get(one);
        int[] second = texts.get(other);
        int common = 0;
        for (int i = 0, j = 0; i < first.length && j < second.length; ) {
            if (first[i] == second[j]) {
                common++;
                i++;
                j++;
            } else if (first[i] < second[j]) {
                i++;
            } else {
                j++;
            }
        }
        return common == 0 ? 0 : (double) common / (first.length + second.length - common);
    }

    /** All pairs that are at least so alike. */
    List<Pair> pairs(double atLeast) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            for (int j = i + 1; j < texts.size(); j++) {
                double likeness = likeness(i, j);
                if (likeness >= atLeast) {
                    pairs.add(new Pair(i, j, likeness));
                }
            }
        }
        return pairs;
    }
}
