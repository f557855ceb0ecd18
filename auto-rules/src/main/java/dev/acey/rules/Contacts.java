package dev.acey.rules;

import java.util.List;
import java.util.Locale;

/** Finds addresses of people in a text; linear in the text. */
final class Contacts {
    private static final List<String> RESERVED =
            List.of(
                    "example.com",
                    "example.net",
                    "example.org",
                    "example",
                    "test",
                    "invalid",
                    "localhost");

    private Contacts() {}

    /**
     * Whether an e-mail address stands in the text. Addresses in the domains reserved for examples
     * (RFC 2606, RFC 6761) belong to nobody and do not count.
     */
    static boolean hasEmail(String text) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            if (at > 0 && isLocal(text.charAt(at - 1)) && isDomain(domainAfter(text, at))) {
                return true;
            }
        }
        return false;
    }

    private static String domainAfter(String text, int at) {
        int end = at + 1;
        while (end < text.length() && isDomainCharacter(text.charAt(end))) {
            end++;
        }
        while (end > at + 1 && !isAlphanumeric(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(at + 1, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isDomain(String domain) {
        int dot = domain.lastIndexOf('.');
        if (dot <= 0 || domain.length() - dot < 3 || !isAlphanumeric(domain.charAt(0))) {
            return false;
        }
        boolean lettersLast = domain.substring(dot + 1).chars().noneMatch(c -> c < 'a' || c > 'z');
        return lettersLast
                && RESERVED.stream()
                        .noneMatch(name -> domain.equals(name) || domain.endsWith("." + name));
    }

    private static boolean isLocal(char c) {
        return isAlphanumeric(c) || c == '_' || c == '+' || c == '-' || c == '.' || c == '%';
    }

    private static boolean isDomainCharacter(char c) {
        return isAlphanumeric(c) || c == '.' || c == '-';
    }

    private static boolean isAlphanumeric(char c) {
        return Text.isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
