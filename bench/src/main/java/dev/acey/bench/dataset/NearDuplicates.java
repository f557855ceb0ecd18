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
import java.util.ArrayList;
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
        List<Set<List<String>>> runs = texts.stream().map(PlantedTexts::runs).toList();
        System.out.printf("%s, %d texts%n", title, texts.size());
        System.out.printf(
                "%9s %6s %8s %8s %8s %8s %9s %10s%n",
                "threshold",
                "pairs",
                "joined",
                "recall",
                "precis.",
                "groups",
                "compared",
                "seconds");
        for (double threshold : THRESHOLDS) {
            measure(texts, runs, threshold);
        }
    }

    private static void measure(
            List<List<String>> texts, List<Set<List<String>>> runs, double threshold)
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
            Groups groups = Groups.bestFirst(ledger);
            var near =
                    new dev.acey.dataset.duplicate.NearDuplicates(
                            candidates, ledger, groups, threshold);
            near.join();
            double seconds = (System.nanoTime() - start) / 1e9;
            compare(runs, groups, threshold, near.compared(), seconds);
        } finally {
            VersionFiles.delete(directory);
        }
    }

    private static void compare(
            List<Set<List<String>>> runs,
            Groups groups,
            double threshold,
            long compared,
            double seconds) {
        int[] truth = new int[runs.size()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = i;
        }
        long alike = 0;
        long found = 0;
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            for (int j = i + 1; j < runs.size(); j++) {
                boolean together = groups.first(i) == groups.first(j);
                if (together) {
                    pairs.add(new int[] {i, j});
                }
                if (PlantedTexts.jaccard(runs.get(i), runs.get(j)) >= threshold) {
                    alike++;
                    found += together ? 1 : 0;
                    truth[root(truth, j)] = root(truth, i);
                }
            }
        }
        long direct = 0;
        long sameGroup = 0;
        for (int[] pair : pairs) {
            double likeness = PlantedTexts.jaccard(runs.get(pair[0]), runs.get(pair[1]));
            direct += likeness >= threshold ? 1 : 0;
            sameGroup += root(truth, pair[0]) == root(truth, pair[1]) ? 1 : 0;
        }
        System.out.printf(
                "%9.2f %6d %8d %8.4f %8.4f %8.4f %9d %10.2f%n",
                threshold,
                alike,
                pairs.size(),
                share(found, alike),
                share(direct, pairs.size()),
                share(sameGroup, pairs.size()),
                compared,
                seconds);
    }

    private static int root(int[] parents, int one) {
        int root = one;
        while (parents[root] != root) {
            root = parents[root];
        }
        return root;
    }

    private static double share(long some, long all) {
        return all == 0 ? 1 : (double) some / all;
    }
}
