package dev.acey.dataset.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;

/**
 * How rich a language is: how many different words there are (linear counting; Whang, Vander-Zanden
 * and Taylor, 1990: within 1 % up to some ten million), and the entropy of their frequencies, over
 * 65,536 hashes of words.
 */
final class Words {

    private static final int CELLS = 1 << 22;
    private static final int FREQUENCIES = 1 << 16;

    private final BitSet seen = new BitSet(CELLS);
    private final long[] frequencies = new long[FREQUENCIES];
    private long words;

    /** Counts a text's words, without regard to case. */
    void add(String text) {
        long word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                word = (word + Character.toLowerCase(c)) * 0x9e3779b97f4a7c15L;
            } else if (word != 0) {
                count(word);
                word = 0;
            }
        }
        if (word != 0) {
            count(word);
        }
    }

    /**
     * @param texts of how many examples the words are
     */
    ObjectNode report(long texts) {
        double empty = CELLS - seen.cardinality();
        long different = Math.round(-CELLS * Math.log(Math.max(empty, 1) / CELLS));
        return JsonNodeFactory.instance
                .objectNode()
                .put("examplesSampled", texts)
                .put("words", words)
                .put("differentWords", Math.min(different, words))
                .put("entropyBits", Math.round(entropy() * 1_000) / 1_000.0);
    }

    private void count(long word) {
        long hash = (word ^ (word >>> 29)) * 0xbf58476d1ce4e5b9L;
        seen.set((int) (hash >>> 42));
        frequencies[(int) (hash >>> 24) & (FREQUENCIES - 1)]++;
        words++;
    }

    private double entropy() {
        double bits = 0;
        for (long frequency : frequencies) {
            if (frequency > 0) {
                double share = (double) frequency / words;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
