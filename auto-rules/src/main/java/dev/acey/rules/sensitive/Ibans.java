package dev.acey.rules.sensitive;

import java.util.ArrayList;
import java.util.List;

/**
 * International Bank Account Numbers: two capitals, two digits, 11 to 30 capitals or digits, check
 * digits valid (ISO 13616), plain or in groups parted by one space.
 */
final class Ibans {
    private static final int MIN_LENGTH = 15;
    private static final int MAX_LENGTH = 34;

    /** Country and check digits, which are counted as if they stood at the end: six digits. */
    private static final int HEAD = 4;

    private static final int HEAD_SHIFT = 1_000_000 % 97;

    private Ibans() {}

    static List<Span> find(String text) {
        List<Span> found = new ArrayList<>();
        for (int i = 0; i + MIN_LENGTH <= text.length(); i++) {
            if (Characters.isCapital(text.charAt(i))
                    && Characters.isCapital(text.charAt(i + 1))
                    && Characters.isDigit(text.charAt(i + 2))
                    && Characters.isDigit(text.charAt(i + 3))
                    && Characters.startsWord(text, i)) {
                int end = endOf(text, i);
                if (end > 0) {
                    found.add(new Span(i, end));
                    i = end - 1;
                }
            }
        }
        return found;
    }

    /** Where the account number that starts here ends, or -1. */
    private static int endOf(String text, int start) {
        int head = 0;
        int rest = 0;
        int length = 0;
        for (int i = start; i < text.length() && length < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            if (Characters.isCapital(c) || Characters.isDigit(c)) {
                if (length < HEAD) {
                    head = appended(head, c);
                } else {
                    rest = appended(rest, c);
                }
                length++;
                if (length >= MIN_LENGTH
                        && Characters.endsWord(text, i + 1)
                        && (rest * HEAD_SHIFT + head) % 97 == 1) {
                    return i + 1;
                }
            } else if (c != ' ' || text.charAt(i - 1) == ' ') {
                return -1;
            }
        }
        return -1;
    }

    /** The number modulo 97 with one more character, a letter counting as two digits. */
    private static int appended(int number, char c) {
        return (Characters.isDigit(c) ? number * 10 + c - '0' : number * 100 + c - 'A' + 10) % 97;
    }
}
