package dev.acey.dataset.duplicate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShinglesTest {

    @Property(tries = 300)
    void likenessIsTheShareOfCommonRunsOfFiveWords(
            @ForAll("texts") List<String> one, @ForAll("texts") List<String> other) {
        Set<List<String>> first = runs(one);
        Set<List<String>> second = runs(other);
        Set<List<String>> common = new HashSet<>(first);
        common.retainAll(second);
        Set<List<String>> all = new HashSet<>(first);
        all.addAll(second);

        double expected = all.isEmpty() ? 0 : (double) common.size() / all.size();

        assertEquals(expected, likeness(String.join(" ", one), String.join(", ", other)), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({
        "One two three four five six, one TWO three; four (five) six!, 1",
        "a b c, a b c, 1",
        "a b c, a b d, 0",
        "a b c d, a b c d e, 0",
        "one two three four five six, two three four five six seven, 0.3333",
        "caf\u00e9 au lait et un croissant, cafe\u0301 au lait et un croissant, 1",
        "\u4eca\u65e5\u306f\u826f\u3044\u5929\u6c17, \u4eca\u65e5\u306f\u826f\u3044\u5929\u6c17\u3060, 0.75",
        "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e04\u0e23\u0e31\u0e1a, \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e04\u0e48\u0e30, 0.375",
        "!!!, !!!, 0"
    })
    void likenessSeesWordsAndInSomeScriptsCharacters(String one, String other, double likeness) {
        assertEquals(likeness, likeness(one, other), 1e-3);
    }

    @Property
    void hashesAreAscendingAndDifferent(@ForAll String text) {
        int[] hashes = Shingles.of(text);

        int[] sorted = Arrays.stream(hashes).sorted().distinct().toArray();
        assertArrayEquals(sorted, hashes);
    }

    /** Else a dataset that is prepared again by another release might have other bytes. */
    @Test
    void aTextKeepsItsHashesAcrossReleases() {
        int[] shingles = Shingles.of("One two, THREE four five-six 7");

        assertArrayEquals(new int[] {-628431688, 181718100, 1913480928}, shingles);
        assertArrayEquals(new int[] {-430011276}, Shingles.of("a b"));
        assertArrayEquals(
                new int[] {-656090786, 245131381, 1494357666, 2068574390},
                Shingles.of("Caf\u00e9 cafe\u0301 \u4eca\u65e5\u306f\u826f\u3044 x"));
        long[] buckets = MinHash.tunedTo(0.9).buckets(shingles);
        assertEquals(13, buckets.length);
        assertEquals(32689223020L, buckets[0]);
        assertEquals(53160457566L, buckets[12]);
    }

    @Test
    void aTunedMinHashLetsAlmostAllMeetAtTheThreshold() {
        for (double threshold = 0.3; threshold <= 1; threshold += 0.05) {
            MinHash tuned = MinHash.tunedTo(threshold);
            double meeting = 1 - Math.pow(1 - Math.pow(threshold, tuned.rows()), tuned.bands());
            assertTrue(meeting >= MinHash.RECALL - 1e-9, threshold + ": " + meeting);
            assertTrue(tuned.rows() * tuned.bands() <= 160);
        }
    }

    private static double likeness(String one, String other) {
        return Shingles.jaccard(Shingles.of(one), Shingles.of(other));
    }

    private static Set<List<String>> runs(List<String> words) {
        Set<List<String>> runs = new HashSet<>();
        for (int i = 0; i + 5 <= words.size(); i++) {
            runs.add(words.subList(i, i + 5));
        }
        if (!words.isEmpty() && words.size() < 5) {
            runs.add(words);
        }
        return runs;
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of("a", "b", "c").list().ofMaxSize(12);
    }
}
