package dev.acey.dataset.duplicate;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * What a text is made of, for telling near duplicates: every run of {@value #WIDTH} words, without
 * regard to case and punctuation. In scripts that put no blanks between words (Chinese, Japanese,
 * Thai, Lao, Khmer, Burmese) each character counts as a word. A text of fewer words is one shingle.
 *
 * <p>A shingle is known by 32 bits of a hash: between two texts of a thousand shingles each, about
 * one in 4,000 pairs of texts gains one match too many.
 */
public final class Shingles {

    static final int WIDTH = 5;

    private static final int[] NONE = {};

    /** The bit that makes small letters of large ones in ASCII, and leaves digits as they are. */
    private static final int LOWER_CASE = 0x20;

    /** At each place a hash of as many of the last words, in their order. */
    private final long[] runs = new long[WIDTH + 1];

    private int[] hashes = new int[64];
    private int count;
    private int words;

    private Shingles() {}

    /** The hashes of a text's shingles, ascending, each once; none for a text without words. */
    public static int[] of(String text) {
        Shingles shingles = new Shingles();
        shingles.read(isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC));
        return shingles.distinct();
    }

    /**
     * How alike two texts are: the share of their shingles that both have (Jaccard), exactly; 0
     * where one has none.
     *
     * @param one ascending, as {@link #of} gives them
     */
    public static double jaccard(int[] one, int[] other) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            if (one[i] == other[j]) {
                common++;
                i++;
                j++;
            } else if (one[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        return common == 0 ? 0 : (double) common / (one.length + other.length - common);
    }

    private void read(String text) {
        long word = 0;
        int length = text.length();
        for (int i = 0; i < length; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80) {
                word = isAsciiPartOfWord(c) ? step(word, c | LOWER_CASE) : end(word);
            } else if (isUnspaced(c)) {
                word = end(word);
                end(step(0, c));
            } else if (isPartOfWord(c)) {
                word = step(word, Character.toLowerCase(c));
            } else {
                word = end(word);
            }
        }
        end(word);
        if (words > 0 && words < WIDTH) {
            add((int) runs[words]);
        }
    }

    /** Takes a finished word, unless it is empty; the start of the next. */
    private long end(long word) {
        if (word != 0) {
            words++;
            // From the longest: each goes on from the shorter one of the word before.
            for (int run = WIDTH; run > 0; run--) {
                runs[run] = mix(runs[run - 1] + word);
            }
            if (words >= WIDTH) {
                add((int) runs[WIDTH]);
            }
        }
        return 0;
    }

    private void add(int hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hash;
    }

    private int[] distinct() {
        if (count == 0) {
            return NONE;
        }
        Arrays.sort(hashes, 0, count);
        int kept = 1;
        for (int i = 1; i < count; i++) {
            if (hashes[i] != hashes[kept - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        return Arrays.copyOf(hashes, kept);
    }

    private static long step(long word, int c) {
        return (word ^ (c + 1)) * 0x9e3779b97f4a7c15L + 1;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable PRNGs, 2014). */
    static long mix(long bits) {
        long x = bits + 0x9e3779b97f4a7c15L;
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsciiPartOfWord(int c) {
        int lower = c | LOWER_CASE;
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
    }

    private static boolean isPartOfWord(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isUnspaced(int c) {
        return (c >= 0x0e00 && c <= 0x0eff && isPartOfWord(c))
                || (c >= 0x1000 && c <= 0x109f && isPartOfWord(c))
                || (c >= 0x1780 && c <= 0x17ff && isPartOfWord(c))
                || (c >= 0x3041 && c <= 0x30ff && isPartOfWord(c))
                || (c >= 0x3400 && c <= 0x9fff)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0x20000 && c <= 0x3ffff);
    }
}
