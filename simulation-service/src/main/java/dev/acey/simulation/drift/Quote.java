package dev.acey.simulation.drift;

import java.text.BreakIterator;
import java.util.Locale;

/** Picks the words of an output that show a feature best. */
public final class Quote {

    /** Characters of a quote at most. */
    public static final int LONGEST = 160;

    private Quote() {}

    /**
     * The sentence that has most of this feature, cut off where it is long; the first where none
     * stands out.
     *
     * @param feature its name; of a name that is no feature's, the first sentence is given
     */
    public static String of(String text, String feature) {
        String read = text.substring(0, Math.min(text.length(), Writing.MOST_CHARACTERS));
        int index = Features.NAMES.indexOf(feature);
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(read);
        String best = "";
        double most = -1;
        int start = sentences.first();
        for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
            String sentence = read.substring(start, end).strip();
            double value = index < 0 ? 0 : Features.of(sentence)[index];
            if (!sentence.isEmpty() && value > most) {
                best = sentence;
                most = value;
            }
            start = end;
        }
        return best.length() <= LONGEST ? best : best.substring(0, cut(best)).strip() + "…";
    }

    /** Never between the halves of a character. */
    private static int cut(String text) {
        int end = LONGEST - 1;
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
