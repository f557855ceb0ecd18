package dev.acey.rules.sensitive;

import java.util.ArrayList;
import java.util.List;

/**
 * Payment card numbers: a number range and length in use (Visa, Mastercard, American Express,
 * Discover, JCB, Diners Club, UnionPay) and a valid Luhn digit, plain or in groups of at least two
 * digits parted by one space or hyphen.
 */
final class Cards {
    private static final int MAX_DIGITS = 19;

    private Cards() {}

    static List<Span> find(String text) {
        List<Span> found = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            if (Characters.isDigit(text.charAt(i)) && Characters.startsWord(text, i)) {
                int end = endOf(text, i);
                if (end > 0) {
                    found.add(new Span(i, end));
                    i = end - 1;
                }
            }
        }
        return found;
    }

    /** Where the card number that starts here ends, or -1. */
    private static int endOf(String text, int start) {
        StringBuilder digits = new StringBuilder(MAX_DIGITS);
        for (int i = start; i < text.length() && digits.length() < MAX_DIGITS; i++) {
            char c = text.charAt(i);
            if (Characters.isDigit(c)) {
                digits.append(c);
                if (Characters.endsWord(text, i + 1) && isCardNumber(digits)) {
                    return i + 1;
                }
            } else if (!isSeparatorAt(text, i)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isSeparatorAt(String text, int i) {
        char c = text.charAt(i);
        return (c == ' ' || c == '-')
                && i + 2 < text.length()
                && Characters.isDigit(text.charAt(i - 1))
                && Characters.isDigit(text.charAt(i + 1))
                && Characters.isDigit(text.charAt(i + 2));
    }

    private static boolean isCardNumber(CharSequence digits) {
        int length = digits.length();
        if (length < 13) {
            return false;
        }
        int range = Integer.parseInt(digits, 0, 4, 10);
        boolean inUse =
                switch (range / 1000) {
                    case 4 -> length == 13 || length == 16 || length == 19;
                    case 5 -> length == 16 && range >= 5100 && range <= 5599;
                    case 2 -> length == 16 && range >= 2221 && range <= 2720;
                    case 6 ->
                            length >= 16
                                    && (range == 6011
                                            || (range >= 6200 && range <= 6299)
                                            || (range >= 6440 && range <= 6599));
                    case 3 ->
                            (length == 15 && (range / 100 == 34 || range / 100 == 37))
                                    || (length == 16 && range >= 3528 && range <= 3589)
                                    || (length == 14
                                            && (range / 100 == 36
                                                    || range / 100 == 38
                                                    || (range >= 3000 && range <= 3059)));
                    default -> false;
                };
        return inUse && isLuhnValid(digits);
    }

    private static boolean isLuhnValid(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
