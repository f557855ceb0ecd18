package dev.acey.simulation.drift;

import java.util.List;
import java.util.Locale;

/**
 * Says whether outputs look English. Function words make up 35 to 50 % of the words of English
 * prose, as counted here, and a few per cent of other languages' that happen to share their
 * spelling.
 */
final class Language {

    /** From this share on outputs are taken to be English. */
    static final double ENGLISH = 0.2;

    private Language() {}

    /** What the test rests on, for these outputs of the baseline. */
    static String describe(List<Utterance> outputs) {
        double share =
                outputs.stream()
                        .map(Utterance::features)
                        .filter(features -> Features.wordCount(features) >= 1)
                        .mapToDouble(Features::functionWordShare)
                        .average()
                        .orElse(0);
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share);
        return share >= ENGLISH
                ? "English, " + percent + " of the baseline's words are function words"
                : "not English, as only "
                        + percent
                        + " of the baseline's words are English function words: those hardly count,"
                        + " and the test rests on the features of style";
    }
}
