package dev.acey.log.store;

/** Text of a client as a column holds it that is filtered by. */
public final class TextColumn {

    /** An index takes no more than some 2,700 bytes. */
    private static final int LONGEST = 256;

    private TextColumn() {}

    /**
     * Without U+0000, which no text column holds, and cut after 256 characters; null stays null.
     * Whoever looks for a text passes it through here as well.
     */
    public static String of(String text) {
        if (text == null) {
            return null;
        }
        String shorter =
                text.length() <= LONGEST
                        ? text
                        : text.substring(
                                0,
                                Character.isHighSurrogate(text.charAt(LONGEST - 1))
                                        ? LONGEST - 1
                                        : LONGEST);
        return shorter.replace('\u0000', '\uFFFD');
    }
}
