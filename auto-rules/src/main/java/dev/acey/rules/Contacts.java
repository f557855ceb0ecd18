package dev.acey.rules;

import dev.acey.rules.sensitive.Kind;
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
        return Kind.EMAIL.find(text).stream()
                .map(span -> text.substring(span.start(), span.end()))
                .map(address -> address.substring(address.lastIndexOf('@') + 1))
                .anyMatch(domain -> !isReserved(domain.toLowerCase(Locale.ROOT)));
    }

    private static boolean isReserved(String domain) {
        return RESERVED.stream()
                .anyMatch(name -> domain.equals(name) || domain.endsWith("." + name));
    }
}
