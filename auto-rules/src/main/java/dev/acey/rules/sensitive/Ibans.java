package dev.acey.rules.sensitive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * International Bank Account Numbers: two capitals, two digits, 11 to 30 capitals or digits, check
 * digits valid (ISO 13616), plain or in groups parted by one space.
 */
final class Ibans {
    private static final int MIN_LENGTH = 15;
    private static final int MAX_LENGTH = 34;

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
        StringBuilder iban = new StringBuilder(MAX_LENGTH);
        for (int i = start; i < text.length() && iban.length() < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            if (Characters.isCapital(c) || Characters.isDigit(c)) {
                iban.append(c);
                if (iban.length() >= MIN_LENGTH
                        && Characters.endsWord(text, i + 1)
                        && hasValidCheckDigits(iban)) {
                    return i + 1;
                }
            } else if (c != ' ' || text.charAt(i - 1) == ' ') {
                return -1;
            }
        }
        return -1;
    }

    private static boolean hasValidCheckDigits(CharSequence iban) {
        StringBuilder number = new StringBuilder(2 * MAX_LENGTH);
        for (int i = 0; i < iban.length(); i++) {
            char c = iban.charAt((i + 4) % iban.length());
            number.append(Characters.isDigit(c) ? c - '0' : c - 'A' + 10);
        }
        return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }
}
