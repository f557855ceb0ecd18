package dev.acey.bench.dataset;

import dev.acey.dataset.candidate.Candidate;
import dev.acey.dataset.candidate.Candidates;
import dev.acey.dataset.candidate.Facts;
import dev.acey.dataset.candidate.Ledger;
import dev.acey.dataset.duplicate.Groups;
import dev.acey.dataset.duplicate.MinHash;
import dev.acey.dataset.duplicate.Shingles;
import dev.acey.dataset.version.VersionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The near duplicates that are found, against all that there are: the exact likeness of every pair
 * of texts, computed from the words themselves.
 */
public final class NearDuplicates {

    private static final double[] THRESHOLDS = {0.5, 0.7, 0.8, 0.9};

    private NearDuplicates() {}

    public static void main(String[] args) throws IOException {
        report("pairs: each text has one variant", new PlantedTexts(1, 3_000, 1));
        report("groups: each text has three variants", new PlantedTexts(2, 1_500, 3));
    }

    private static void report(String title, PlantedTexts planted) throws IOException {
        List<List<String>> texts = planted.texts();
        List<BruteForce.Pair> pairs = new BruteForce(texts).pairs(THRESHOLDS[0]);
        System.out.printf("%s, %d texts%n", title, texts.size());
        System.out.printf(
                "%9s %11s %10s %7s %8s %10s %9s %8s%n",
                "threshold",
                "alike pairs",
                "both kept",
                "recall",
                "removed",
                "precision",
                "compared",
                "seconds");
        for (double threshold : THRESHOLDS) {
            measure(texts, pairs, threshold);
        }
    }

    private static void measure(
            List<List<String>> texts, List<BruteForce.Pair> pairs, double threshold)
            throws IOException {
        Path directory = Files.createTempDirectory("near");
        long start = System.nanoTime();
        try (Candidates candidates = new Candidates(directory.resolve("c"))) {
            MinHash minHash = MinHash.tunedTo(threshold);
            for (int i = 0; i < texts.size(); i++) {
                int[] shingles = Shingles.of(String.join(" ", texts.get(i)));
                candidates.add(
                        new Candidate(
                                new byte[1],
                                new byte[1],
                                Candidate.NO_LABEL,
                                false,
                                1,
                                new long[0]),
                        new Facts(i, i, i, 1),
                        shingles,
                        minHash.buckets(shingles));
            }
            Ledger ledger = candidates.ledger();
            Groups groups = new Groups(ledger);
            var near =
                    new dev.acey.dataset.duplicate.NearDuplicates(
                            candidates, ledger, groups, threshold);
            near.join();
            near.drop();
            double seconds = (System.nanoTime() - start) / 1e9;
            compare(pairs, ledger, threshold, near.compared(), seconds);
        } finally {
            VersionFiles.delete(directory);
        }
    }

    /**
     * Recall: of the pairs that are alike, those of which not both are kept. Precision: of the
     * texts that were removed, those that are like one that is kept.
     */
    private static void compare(
            List<BruteForce.Pair> pairs,
            Ledger ledger,
            double threshold,
            long compared,
            double seconds) {
        long alike = 0;
        long bothKept = 0;
        Set<Integer> justified = new HashSet<>();
        for (BruteForce.Pair pair : pairs) {
            if (pair.likeness() >= threshold) {
                boolean one = ledger.isChosen(pair.one());
                boolean other = ledger.isChosen(pair.other());
                alike++;
                bothKept += one && other ? 1 : 0;
                if (one != other) {
                    justified.add(one ? pair.other() : pair.one());
                }
            }
        }
        int removed = ledger.count() - ledger.countChosen(i -> true);
        System.out.printf(
                "%9.2f %11d %10d %7.4f %8d %10.4f %9d %8.2f%n",
                threshold,
                alike,
                bothKept,
                share(alike - bothKept, alike),
                removed,
                share(justified.size(), removed),
                compared,
                seconds);
    }

    private static double share(long some, long all) {
        return all == 0 ? 1 : (double) some / all;
    }
}
