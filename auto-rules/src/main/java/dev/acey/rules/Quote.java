package dev.acey.rules;

/** Quotes what a user wrote in a message about it. */
final class Quote {
    private static final int LONGEST = 60;

    private static final int LONGEST_LINE = 300;

    private Quote() {}

    /** A message on one line, of bounded length. */
    static String line(String message) {
        return cut(message.replaceAll("\\s+", " ").strip(), LONGEST_LINE);
    }

    /** At most {@value #LONGEST} characters, without control characters or lone surrogates. */
    static String shorten(String text) {
        return cut(text, LONGEST);
    }

    private static String cut(String text, int longest) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? '?' : c)
                .forEach(out::appendCodePoint);
        return text.codePointCount(0, text.length()) > longest ? out + "…" : out.toString();
    }
}
