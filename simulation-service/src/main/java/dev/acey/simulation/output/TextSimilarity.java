package dev.acey.simulation.output;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.IntersectionResult;
import org.apache.commons.text.similarity.IntersectionSimilarity;

/**
 * How alike two texts are: the Sørensen–Dice coefficient of their bags of three-character pieces,
 * from 0 (no piece in common) to 1 (the same pieces equally often). Letter case and the width of
 * blanks do not count. Symmetric, takes linear time, and works in any script.
 */
public final class TextSimilarity {

    /** What follows in a longer text is not read. */
    static final int MOST_CHARACTERS = 50_000;

    private static final int PIECE = 3;
    private static final IntersectionSimilarity<String> PIECES =
            new IntersectionSimilarity<>(TextSimilarity::pieces);

    private TextSimilarity() {}

    /** Two texts without a character are alike. */
    public static double of(String a, String b) {
        IntersectionResult common = PIECES.apply(a, b);
        int all = common.getSizeA() + common.getSizeB();
        return all == 0 ? 1 : 2.0 * common.getIntersection() / all;
    }

    private static Collection<String> pieces(CharSequence text) {
        String plain =
                text.toString()
                        .substring(0, Math.min(text.length(), MOST_CHARACTERS))
                        .toLowerCase(Locale.ROOT)
                        .strip()
                        .replaceAll("\\s+", " ");
        List<String> pieces = new ArrayList<>(plain.length());
        if (!plain.isEmpty() && plain.length() < PIECE) {
            pieces.add(plain);
        }
        for (int i = 0; i + PIECE <= plain.length(); i++) {
            pieces.add(plain.substring(i, i + PIECE));
        }
        return pieces;
    }
}
