package dev.acey.rules;

/** What rules ask of texts: pure, linear in the text, and the same on every JDK. */
final class Text {
    private Text() {}

    /** Whether a surrogate pair starts at this position. */
    static boolean isPairAt(String text, int index) {
        return index + 1 < text.length()
                && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }

    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!isPairAt(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** The first code points of a text, case folded. */
    static int[] foldedPrefix(String text, int codePoints) {
        return text.codePoints().limit(codePoints).map(Text::fold).toArray();
    }

    /** Whether a text starts with these folded code points. */
    static boolean startsWithFolded(String text, int[] prefix) {
        int index = 0;
        for (int expected : prefix) {
            if (index >= text.length()) {
                return false;
            }
            int codePoint = text.codePointAt(index);
            if (fold(codePoint) != expected) {
                return false;
            }
            index += Character.charCount(codePoint);
        }
        return true;
    }

    /** How many of the characters are ASCII digits. */
    static int digits(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text.charAt(i))) {
                count++;
            }
        }
        return count;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The first code points of a text. */
    static String first(String text, int codePoints) {
        if (text.length() <= codePoints || text.codePointCount(0, text.length()) <= codePoints) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, codePoints));
    }

    /**
     * Simple case folding, only where case pairs have not changed since Unicode 13, so that a newer
     * JDK with newer tables folds alike.
     */
    static int fold(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 32 : codePoint;
        }
        boolean changedLater =
                codePoint == 0x1C89
                        || codePoint == 0x1C8A
                        || codePoint == 0x2C2F
                        || codePoint == 0x2C5F;
        boolean settled =
                codePoint < 0xA7C0
                        || (codePoint >= 0xAB70 && codePoint <= 0xABBF)
                        || (codePoint >= 0xFF21 && codePoint <= 0xFF5A)
                        || (codePoint >= 0x10400 && codePoint <= 0x104FF)
                        || (codePoint >= 0x1E900 && codePoint <= 0x1E943);
        return settled && !changedLater
                ? Character.toLowerCase(Character.toUpperCase(codePoint))
                : codePoint;
    }
}
