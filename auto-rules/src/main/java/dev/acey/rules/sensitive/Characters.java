package dev.acey.rules.sensitive;

/** Classes of characters, by fixed ranges: a newer JDK with newer tables sees the same. */
final class Characters {
    private Characters() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || isCapital(c) || (c >= 'a' && c <= 'z');
    }

    /** Letters of scripts that put blanks between words: Latin, Greek, Cyrillic and on to Lao. */
    static boolean isSpacedLetter(char c) {
        return (c >= 0x00C0 && c <= 0x0DFF && c != 0x00D7 && c != 0x00F7)
                || (c >= 0x10A0 && c <= 0x10FF)
                || (c >= 0x1E00 && c <= 0x1FFF);
    }

    /** Letters of scripts without blanks between words: kana, Han, Hangul. */
    static boolean isUnspacedLetter(char c) {
        return (c >= 0x3041 && c <= 0x30FF)
                || (c >= 0x3400 && c <= 0x9FFF)
                || (c >= 0xAC00 && c <= 0xD7A3);
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\u00A0' || c == '\u202F';
    }

    /** Whether no word and no number goes on from the character before this position. */
    static boolean startsWord(String text, int i) {
        return i == 0 || !isAlphanumeric(text.charAt(i - 1));
    }

    /** Whether no word and no number goes on at this position. */
    static boolean endsWord(String text, int i) {
        return i == text.length() || !isAlphanumeric(text.charAt(i));
    }
}
