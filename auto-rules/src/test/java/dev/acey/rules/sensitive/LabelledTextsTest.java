package dev.acey.rules.sensitive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Precision and recall on the labelled set. A place counts as found only if kind, start and end are
 * exactly those of the label. The set has lines that are known to be beyond the detectors.
 */
class LabelledTextsTest {
    private static final double FLOOR = 0.95;

    /** Lower, because one place more or less of a kind is up to a fifth of it. */
    private static final double FLOOR_OF_A_KIND = 0.8;

    private static final Redactor REDACTOR = new Redactor(EnumSet.allOf(Kind.class), Map.of());

    @Test
    void whatIsLabelledIsFoundAndLittleElse() {
        List<LabelledText> lines = LabelledText.all();
        assertTrue(lines.size() >= 300, "lines: " + lines.size());
        List<String> misses = new ArrayList<>();
        Score tuned = score("dev", lines.stream().filter(l -> !l.heldOut()).toList(), misses);
        Score heldOut =
                score(
                        "test",
                        lines.stream().filter(LabelledText::heldOut).toList(),
                        new ArrayList<>());
        misses.forEach(System.out::println);
        tuned.require(FLOOR, FLOOR_OF_A_KIND);
        heldOut.require(FLOOR, FLOOR_OF_A_KIND);
    }

    private static Score score(String part, List<LabelledText> lines, List<String> misses) {
        Score score = new Score(part);
        for (LabelledText line : lines) {
            Set<Redactor.Found> found = new HashSet<>(REDACTOR.find(line.text()));
            score.add(line.places(), found);
            if (!found.equals(line.places())) {
                misses.add("  " + line.text().strip() + " -> " + found);
            }
        }
        System.out.println(score);
        return score;
    }

    private static final class Score {
        private final String part;
        private final Map<String, int[]> kinds = new TreeMap<>();

        Score(String part) {
            this.part = part;
        }

        void add(Set<Redactor.Found> labelled, Set<Redactor.Found> found) {
            labelled.forEach(place -> count(place)[0]++);
            found.forEach(place -> count(place)[1]++);
            labelled.stream().filter(found::contains).forEach(place -> count(place)[2]++);
        }

        private int[] count(Redactor.Found place) {
            return kinds.computeIfAbsent(place.label(), kind -> new int[3]);
        }

        private int[] total() {
            int[] total = new int[3];
            for (int[] kind : kinds.values()) {
                for (int i = 0; i < 3; i++) {
                    total[i] += kind[i];
                }
            }
            return total;
        }

        void require(double floor, double floorOfAKind) {
            assertTrue(recall(total()) >= floor && precision(total()) >= floor, toString());
            kinds.values()
                    .forEach(
                            kind ->
                                    assertTrue(
                                            recall(kind) >= floorOfAKind
                                                    && precision(kind) >= floorOfAKind,
                                            toString()));
        }

        private static double recall(int[] counts) {
            return counts[0] == 0 ? 1 : (double) counts[2] / counts[0];
        }

        private static double precision(int[] counts) {
            return counts[1] == 0 ? 1 : (double) counts[2] / counts[1];
        }

        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            kinds.forEach((kind, counts) -> out.append(line(kind, counts)));
            return out.append(line("all", total())).toString();
        }

        private String line(String kind, int[] counts) {
            return String.format(
                    Locale.ROOT,
                    "%-4s %-8s labelled %3d, found %3d, right %3d: precision %.3f, recall %.3f%n",
                    part,
                    kind,
                    counts[0],
                    counts[1],
                    counts[2],
                    precision(counts),
                    recall(counts));
        }
    }
}
