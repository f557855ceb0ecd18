package dev.acey.rules.sensitive;

import java.util.ArrayList;
import java.util.List;

/**
 * Telephone numbers. A number is taken for one where its form is used for nothing else: a plus and
 * a country code of E.164, the forms of the North American plan, an area code in brackets, a trunk
 * zero with grouped digits, the mobile numbers of China, the long form of Russia. Any other run of
 * digits counts behind a word that announces it.
 */
final class Phones {
    private static final int MIN_DIGITS = 7;

    private Phones() {}

    static List<Span> find(String text) {
        List<Span> found = new ArrayList<>();
        for (int i = 0; i + MIN_DIGITS <= text.length(); i++) {
            if (isStart(text, i)) {
                DigitGroups groups = DigitGroups.at(text, i);
                int end = endOf(text, groups);
                if (end > 0) {
                    found.add(new Span(i, end));
                    i = end - 1;
                } else if (groups.count() > 0) {
                    i = Math.max(i, groups.endOf(1) - 1);
                }
            }
        }
        return found;
    }

    private static boolean isStart(String text, int i) {
        char c = text.charAt(i);
        char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
        if (!Characters.isDigit(c)
                && !(c == '+' && Characters.isDigit(next))
                && !(c == '(' && (next == '+' || Characters.isDigit(next)))) {
            return false;
        }
        if (i == 0) {
            return true;
        }
        char before = text.charAt(i - 1);
        if (Characters.isAlphanumeric(before) || "+#$€£¥_@\\%*^~".indexOf(before) >= 0) {
            return false;
        }
        if (c == '+') {
            return true;
        }
        boolean afterDigit = i > 1 && Characters.isDigit(text.charAt(i - 2));
        return ".-/".indexOf(before) < 0 && !((before == ':' || before == ',') && afterDigit);
    }

    /** Where the number ends that these groups start, or -1. */
    private static int endOf(String text, DigitGroups groups) {
        for (int count = groups.isInternational() ? groups.count() : 0; count > 0; count--) {
            if (isEnd(text, groups.endOf(count)) && isInternational(groups.first(count))) {
                return groups.endOf(count);
            }
        }
        boolean number =
                groups.count() > 0
                        && !groups.isInternational()
                        && isEnd(text, groups.end())
                        && (isWithAccessCode(groups)
                                || isNorthAmerican(groups)
                                || isWithAreaInBrackets(groups)
                                || isWithTrunkZero(groups)
                                || isChineseMobile(groups)
                                || isRussian(groups)
                                || isAnnounced(text, groups));
        return number ? groups.end() : -1;
    }

    private static boolean isEnd(String text, int end) {
        if (end == text.length()) {
            return true;
        }
        char c = text.charAt(end);
        if (Characters.isAlphanumeric(c) || "%€$£¥°_".indexOf(c) >= 0) {
            return false;
        }
        char next = end + 1 < text.length() ? text.charAt(end + 1) : ' ';
        return !(".,:/".indexOf(c) >= 0 && Characters.isDigit(next))
                && !(c == '-' && Characters.isAlphanumeric(next));
    }

    /** E.164: a country code that is assigned and at most 15 digits, here at least 9. */
    private static boolean isInternational(DigitGroups groups) {
        String digits = groups.digits();
        boolean decimal = groups.count() == 2 && groups.separators().equals(".");
        return digits.length() >= 9 && digits.length() <= 16 && !decimal && hasCountryCode(digits);
    }

    private static boolean hasCountryCode(String digits) {
        if (digits.startsWith("1")) {
            return digits.length() == 11 && isNorthAmerican(digits.substring(1));
        }
        return !digits.startsWith("0")
                && !digits.startsWith("28")
                && !digits.startsWith("83")
                && !digits.startsWith("89");
    }

    private static boolean isWithAccessCode(DigitGroups groups) {
        String digits = groups.digits();
        String rest =
                digits.startsWith("00")
                        ? digits.substring(2)
                        : digits.startsWith("011") ? digits.substring(3) : "";
        boolean grouped = groups.count() >= 3 || (groups.count() == 2 && digits.startsWith("00"));
        return rest.length() >= 9
                && rest.length() <= 13
                && (grouped || rest.length() >= 11)
                && hasCountryCode(rest)
                && (grouped || !digits.startsWith("011"));
    }

    private static boolean isNorthAmerican(DigitGroups groups) {
        String sizes = groups.sizes();
        boolean long1 = sizes.equals("1334") && groups.digits().startsWith("1");
        if (!long1 && !sizes.equals("334")) {
            return false;
        }
        char last = groups.separators().charAt(groups.count() - 2);
        return isNorthAmerican(groups.digits().substring(long1 ? 1 : 0))
                && (last != ' ' || groups.hasBrackets());
    }

    private static boolean isNorthAmerican(String digits) {
        return digits.charAt(0) >= '2' && digits.charAt(3) >= '2';
    }

    private static boolean isWithAreaInBrackets(DigitGroups groups) {
        String area = groups.digits(0);
        int length = groups.digits().length();
        boolean year = area.length() == 4 && (area.startsWith("19") || area.startsWith("20"));
        return groups.isInBrackets(0)
                && area.length() >= 2
                && !year
                && length >= 9
                && length <= 11
                && groups.count() <= 4
                && groups.isEvenFrom(1)
                && groups.sizes().chars().noneMatch(size -> size == '1');
    }

    private static boolean isWithTrunkZero(DigitGroups groups) {
        String area = groups.digits(0);
        int length = groups.digits().length();
        return groups.count() >= 2
                && area.length() >= 2
                && area.length() <= 5
                && area.charAt(0) == '0'
                && area.charAt(1) != '0'
                && length >= 9
                && length <= (area.length() >= 4 ? 12 : 11)
                && groups.isEvenFrom(1)
                && groups.separators().indexOf('/', 1) < 0
                && groups.sizes().chars().noneMatch(size -> size == '1');
    }

    private static boolean isChineseMobile(DigitGroups groups) {
        return groups.sizes().equals("344")
                && groups.digits().charAt(0) == '1'
                && groups.digits().charAt(1) >= '3'
                && groups.isEvenFrom(0);
    }

    private static boolean isRussian(DigitGroups groups) {
        return groups.sizes().equals("13322") && groups.digits().startsWith("8");
    }

    private static boolean isAnnounced(String text, DigitGroups groups) {
        int length = groups.digits().length();
        return length >= MIN_DIGITS
                && length <= 15
                && !groups.isDate()
                && PhoneWords.announce(text, groups.start());
    }
}
