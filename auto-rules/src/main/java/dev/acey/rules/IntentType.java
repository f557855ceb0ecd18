package dev.acey.rules;

import java.text.Normalizer;

/**
 * One spelling for an intent's type, so that {@code memoryProposal}, {@code Memory-Proposal} and
 * {@code memory proposal} meet the rules for {@code memory_proposal}.
 */
final class IntentType {
    private IntentType() {}

    /**
     * Compatibility forms unified (NFKC), invisible characters taken out, camel case split, ASCII
     * lower case, every run of other ASCII characters one {@code _}, none at the ends.
     */
    static String normalise(String type) {
        return isPlain(type) ? type : rewrite(Normalizer.normalize(type, Normalizer.Form.NFKC));
    }

    private static boolean isPlain(String type) {
        if (type.isEmpty() || type.charAt(0) == '_' || type.charAt(type.length() - 1) == '_') {
            return false;
        }
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            boolean underscore = c == '_' && type.charAt(i - 1) != '_';
            if (!underscore && !isLower(c) && !Text.isDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static String rewrite(String type) {
        StringBuilder out = new StringBuilder(type.length() + 4);
        boolean gap = false;
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if (isInvisible(c)) {
                continue;
            }
            if (c < 0x80 && !isUpper(c) && !isLower(c) && !Text.isDigit(c)) {
                gap = true;
                continue;
            }
            if ((gap || startsWord(type, i)) && !out.isEmpty()) {
                out.append('_');
            }
            gap = false;
            out.append(isUpper(c) ? (char) (c + 32) : c);
        }
        return out.toString();
    }

    private static boolean startsWord(String type, int i) {
        if (i == 0 || !isUpper(type.charAt(i))) {
            return false;
        }
        char before = type.charAt(i - 1);
        boolean lowerFollows = i + 1 < type.length() && isLower(type.charAt(i + 1));
        return isLower(before) || Text.isDigit(before) || (isUpper(before) && lowerFollows);
    }

    private static boolean isInvisible(char c) {
        return c == '\u00AD'
                || (c >= '\u200B' && c <= '\u200F')
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2060' && c <= '\u2064')
                || c == '\uFEFF';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }
}
