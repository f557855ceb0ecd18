package dev.acey.simulation.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What is measured of every output, whatever it is about: eighteen features of style, then how
 * often each function word is used.
 */
final class Features {

    /** To be raised whenever an output's features may come out otherwise than before. */
    static final int VERSION = 1;

    /** The first so many of {@link #NAMES}; the others are function words. */
    static final int STYLE_FEATURES = 18;

    private static final int LONG_WORD = 7;

    private static final Set<String> FIRST_PERSON =
            words("i me my mine myself we us our ours ourselves");
    private static final Set<String> SECOND_PERSON = words("you your yours yourself yourselves");
    private static final Set<String> HEDGES =
            words(
                    "maybe perhaps possibly probably likely might seem seems appear appears"
                            + " apparently presumably generally usually typically often sometimes"
                            + " somewhat fairly rather roughly approximately almost potentially");
    private static final Set<String> CONTRACTED = words("t re ve ll m d");
    private static final Set<String> BEFORE_CONTRACTED_IS =
            words("it that what let he she there here who where how");

    private static final List<Feature> ALL = all();

    /** The features' names, in the order of {@link #of}. */
    static final List<String> NAMES = ALL.stream().map(Feature::name).toList();

    private record Feature(String name, ToDoubleFunction<Writing> value) {}

    private Features() {}

    /** Every feature's value, in its own unit. */
    static double[] of(String output) {
        Writing writing = Writing.of(output);
        return ALL.stream()
                .mapToDouble(feature -> feature.value().applyAsDouble(writing))
                .toArray();
    }

    /** Words in the output. */
    static double wordCount(double[] features) {
        return Math.expm1(features[0]);
    }

    /** The share of the words that are function words of English, 0 to 1. */
    static double functionWordShare(double[] features) {
        double share = 0;
        for (int word = STYLE_FEATURES; word < features.length; word++) {
            share += features[word];
        }
        return share;
    }

    private static List<Feature> all() {
        List<Feature> all = new ArrayList<>();
        all.add(new Feature("log of the number of words", w -> StrictMath.log1p(w.wordCount())));
        all.add(new Feature("words per sentence", w -> share(w.wordCount(), w.sentences())));
        all.add(new Feature("letters per word", w -> share(w.letters(), w.wordCount())));
        all.add(new Feature("different words per word", w -> perWord(w, w.words().size())));
        all.add(new Feature("commas per sentence", w -> share(w.commas(), w.sentences())));
        all.add(
                new Feature(
                        "question marks per sentence",
                        w -> share(w.questionMarks(), w.sentences())));
        all.add(
                new Feature(
                        "exclamation marks per sentence",
                        w -> share(w.exclamationMarks(), w.sentences())));
        all.add(
                new Feature(
                        "colons and semicolons per sentence",
                        w -> share(w.colonsAndSemicolons(), w.sentences())));
        all.add(new Feature("digits per character", w -> share(w.digits(), w.characters())));
        all.add(new Feature("bullets per line", w -> share(w.bullets(), w.lines())));
        all.add(new Feature("line breaks per word", w -> perWord(w, w.lineBreaks())));
        all.add(ofWords("contractions per word", Features::isContraction));
        all.add(ofWords("first person per word", w -> FIRST_PERSON.contains(stem(w))));
        all.add(ofWords("second person per word", w -> SECOND_PERSON.contains(stem(w))));
        all.add(ofWords("hedges per word", HEDGES::contains));
        all.add(new Feature("capitals per letter", w -> share(w.capitals(), w.letters())));
        all.add(
                new Feature(
                        "brackets and quotes per word", w -> perWord(w, w.bracketsAndQuotes())));
        all.add(ofWords("words of seven letters or more per word", w -> w.length() >= LONG_WORD));
        for (String word : FunctionWords.CANDIDATES) {
            all.add(
                    new Feature(
                            "“" + word + "” per word",
                            w -> perWord(w, w.words().getOrDefault(word, 0))));
        }
        return List.copyOf(all);
    }

    private static Feature ofWords(String name, Predicate<String> kind) {
        return new Feature(name, w -> perWord(w, w.count(kind)));
    }

    private static boolean isContraction(String word) {
        int apostrophe = word.indexOf('\'');
        if (apostrophe < 0) {
            return false;
        }
        String tail = word.substring(apostrophe + 1);
        return CONTRACTED.contains(tail)
                || (tail.equals("s") && BEFORE_CONTRACTED_IS.contains(stem(word)));
    }

    private static String stem(String word) {
        int apostrophe = word.indexOf('\'');
        return apostrophe < 0 ? word : word.substring(0, apostrophe);
    }

    private static double perWord(Writing writing, int count) {
        return share(count, writing.wordCount());
    }

    /** An output without a single word or sentence still has its marks: they count as of one. */
    private static double share(int part, int whole) {
        return (double) part / Math.max(1, whole);
    }

    private static Set<String> words(String list) {
        return Set.of(list.split(" "));
    }
}
