package dev.acey.bench.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Texts among which variants are planted: each base has some that are more or less like it. */
final class PlantedTexts {

    private static final int RUN = 5;
    private static final int VOCABULARY = 20_000;

    private final Random random;
    private final List<List<String>> texts = new ArrayList<>();

    /**
     * @param bases texts that have nothing in common but by chance
     * @param variants of each, with likenesses spread over 0.5 to 0.95
     */
    PlantedTexts(long seed, int bases, int variants) {
        random = new Random(seed);
        for (int i = 0; i < bases; i++) {
            List<String> base = words(60 + random.nextInt(120));
            texts.add(base);
            for (int v = 0; v < variants; v++) {
                texts.add(variant(base, 0.5 + 0.45 * random.nextDouble()));
            }
        }
    }

    List<List<String>> texts() {
        return texts;
    }

    /** The runs of five words of a text. */
    static Set<List<String>> runs(List<String> words) {
        Set<List<String>> runs = new HashSet<>();
        for (int i = 0; i + RUN <= words.size(); i++) {
            runs.add(List.copyOf(words.subList(i, i + RUN)));
        }
        return runs;
    }

    /** The share of runs that both have. */
    private static double jaccard(Set<List<String>> one, Set<List<String>> other) {
        Set<List<String>> smaller = one.size() < other.size() ? one : other;
        Set<List<String>> larger = smaller == one ? other : one;
        int common = 0;
        for (List<String> run : smaller) {
            common += larger.contains(run) ? 1 : 0;
        }
        return common == 0 ? 0 : (double) common / (one.size() + other.size() - common);
    }

    /** Words are replaced, dropped and put in until the text is as unlike the base as wanted. */
    private List<String> variant(List<String> base, double likeness) {
        Set<List<String>> runs = runs(base);
        List<String> variant = new ArrayList<>(base);
        while (true) {
            List<String> next = new ArrayList<>(variant);
            int at = random.nextInt(next.size());
            switch (random.nextInt(3)) {
                case 0 -> next.set(at, word());
                case 1 -> next.remove(at);
                default -> next.add(at, word());
            }
            if (jaccard(runs, runs(next)) < likeness) {
                return variant;
            }
            variant = next;
        }
    }

    private List<String> words(int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(word());
        }
        return words;
    }

    /** A few words are frequent, as in a language. */
    private String word() {
        double u = random.nextDouble();
        return "w" + (int) (VOCABULARY * u * u * u);
    }
}
