package dev.acey.rules;

/** Finds identifiers with check digits in a text; linear in the text, no regular expressions. */
final class Identifiers {
    private static final int MAX_CARD_DIGITS = 19;
    private static final int MIN_IBAN = 15;
    private static final int MAX_IBAN = 34;

    /** Country and check digits, which are counted as if they stood at the end: six digits. */
    private static final int IBAN_HEAD = 4;

    private static final int IBAN_HEAD_SHIFT = 1_000_000 % 97;

    private Identifiers() {}

    /**
     * Whether a payment card number stands in the text: a number range and length in use (Visa,
     * Mastercard, American Express, Discover, JCB, Diners Club, UnionPay) and a valid Luhn digit
     * (ISO/IEC 7812-1), plain or in groups of at least two digits parted by one space or hyphen.
     */
    static boolean hasCardNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Text.isDigit(text.charAt(i)) && startsNumber(text, i) && cardStartsAt(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsNumber(String text, int i) {
        return i == 0 || !isAsciiAlphanumeric(text.charAt(i - 1));
    }

    private static boolean cardStartsAt(String text, int start) {
        StringBuilder digits = new StringBuilder(MAX_CARD_DIGITS);
        for (int i = start; i < text.length() && digits.length() < MAX_CARD_DIGITS; i++) {
            char c = text.charAt(i);
            if (Text.isDigit(c)) {
                digits.append(c);
                boolean ends = i + 1 == text.length() || !isAsciiAlphanumeric(text.charAt(i + 1));
                if (ends && isCardNumber(digits)) {
                    return true;
                }
            } else if (!isSeparatorAt(text, i)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isSeparatorAt(String text, int i) {
        char c = text.charAt(i);
        return (c == ' ' || c == '-')
                && i + 2 < text.length()
                && Text.isDigit(text.charAt(i - 1))
                && Text.isDigit(text.charAt(i + 1))
                && Text.isDigit(text.charAt(i + 2));
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

    /**
     * Whether an International Bank Account Number stands in the text: two capitals, two digits, 11
     * to 30 capitals or digits, check digits valid (ISO 13616), plain or in groups parted by one
     * space.
     */
    static boolean hasIban(String text) {
        for (int i = 0; i + MIN_IBAN <= text.length(); i++) {
            if (isCapital(text.charAt(i))
                    && isCapital(text.charAt(i + 1))
                    && Text.isDigit(text.charAt(i + 2))
                    && Text.isDigit(text.charAt(i + 3))
                    && startsNumber(text, i)
                    && ibanStartsAt(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ibanStartsAt(String text, int start) {
        int head = 0;
        int rest = 0;
        int length = 0;
        for (int i = start; i < text.length() && length < MAX_IBAN; i++) {
            char c = text.charAt(i);
            if (isCapital(c) || Text.isDigit(c)) {
                if (length < IBAN_HEAD) {
                    head = appended(head, c);
                } else {
                    rest = appended(rest, c);
                }
                length++;
                boolean ends = i + 1 == text.length() || !isAsciiAlphanumeric(text.charAt(i + 1));
                if (ends && length >= MIN_IBAN && (rest * IBAN_HEAD_SHIFT + head) % 97 == 1) {
                    return true;
                }
            } else if (c != ' ' || text.charAt(i - 1) == ' ') {
                return false;
            }
        }
        return false;
    }

    /** The number modulo 97 with one more character, a letter counting as two digits. */
    private static int appended(int number, char c) {
        return (Text.isDigit(c) ? number * 10 + c - '0' : number * 100 + c - 'A' + 10) % 97;
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isAsciiAlphanumeric(char c) {
        return Text.isDigit(c) || isCapital(c) || (c >= 'a' && c <= 'z');
    }
}
