package dev.acey.rules.sensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * E-mail addresses, found from their at sign: as far to the left as a local part goes, as far to
 * the right as a domain does. Each character is looked at once from each side.
 */
final class Emails {
    private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "gif", "webp", "svg");

    private Emails() {}

    static List<Span> find(String text) {
        List<Span> found = new ArrayList<>();
        int free = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = localStart(text, free, at);
            int end = start < at ? domainEnd(text, at + 1) : -1;
            if (end > 0) {
                found.add(new Span(start, end));
                free = end;
            }
        }
        return found;
    }

    private static int localStart(String text, int from, int at) {
        int start = back(text, from, at, c -> isLocal((char) c));
        if (start == at) {
            start = back(text, from, at, c -> Characters.isUnspacedLetter((char) c));
        }
        while (start < at - 1 && !isWord(text.charAt(start))) {
            start++;
        }
        return start;
    }

    private static int back(String text, int from, int at, IntPredicate part) {
        int start = at;
        while (start > from && part.test(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The end of the domain that starts here, or -1. */
    private static int domainEnd(String text, int from) {
        boolean unspaced = from < text.length() && Characters.isUnspacedLetter(text.charAt(from));
        int end =
                unspaced
                        ? domainEnd(
                                text,
                                from,
                                c -> isDomain((char) c) || Characters.isUnspacedLetter((char) c))
                        : domainEnd(text, from, c -> isDomain((char) c));
        return end > 0
                ? end
                : domainEnd(
                        text,
                        from,
                        c -> isDomain((char) c) && !Characters.isSpacedLetter((char) c));
    }

    private static int domainEnd(String text, int from, IntPredicate part) {
        int end = from;
        while (end < text.length() && part.test(text.charAt(end))) {
            end++;
        }
        while (end > from && !isWord(text.charAt(end - 1))) {
            end--;
        }
        return isName(text.substring(from, end)) ? end : -1;
    }

    private static boolean isName(String domain) {
        int dot = domain.lastIndexOf('.');
        if (dot <= 0 || !isWord(domain.charAt(0))) {
            return false;
        }
        String top = domain.substring(dot + 1);
        boolean letters =
                top.chars().noneMatch(c -> c == '-' || c == '_' || Characters.isDigit((char) c));
        return (top.length() >= 2 && letters && !isScaledImage(domain.substring(0, dot), top))
                || top.startsWith("xn--");
    }

    /** {@code logo@2x.png} names a picture. */
    private static boolean isScaledImage(String name, String top) {
        return name.length() == 2
                && Characters.isDigit(name.charAt(0))
                && name.charAt(1) == 'x'
                && IMAGES.contains(top.toLowerCase(Locale.ROOT));
    }

    private static boolean isWord(char c) {
        return Characters.isAlphanumeric(c)
                || Characters.isSpacedLetter(c)
                || Characters.isUnspacedLetter(c);
    }

    private static boolean isLocal(char c) {
        return Characters.isAlphanumeric(c)
                || Characters.isSpacedLetter(c)
                || "_+-.%'".indexOf(c) >= 0;
    }

    private static boolean isDomain(char c) {
        return Characters.isAlphanumeric(c) || Characters.isSpacedLetter(c) || c == '.' || c == '-';
    }
}
