package dev.acey.simulation.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One output taken apart, so that its style can be counted. Words are runs of letters, with
 * apostrophes inside them; a sentence ends at a mark that is not followed by a letter or digit, or
 * at a line break. Counted in one pass, whatever the text.
 *
 * @param words how often each word occurs, in lower case, apostrophes written as {@code '}
 * @param wordCount all words, repeated ones too
 * @param characters what was read of the text, in UTF-16 code units
 */
record Writing(
        Map<String, Integer> words,
        int wordCount,
        int characters,
        int letters,
        int capitals,
        int digits,
        int sentences,
        int lines,
        int bullets,
        int lineBreaks,
        int commas,
        int questionMarks,
        int exclamationMarks,
        int colonsAndSemicolons,
        int bracketsAndQuotes) {

    /** A voice shows well before this; what follows in a longer output is not read. */
    static final int MOST_CHARACTERS = 20_000;

    static Writing of(String text) {
        Reader reader = new Reader();
        String read = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        read.codePoints().forEach(reader::take);
        return reader.done(read);
    }

    /** How many words are of this kind, repeated ones counted each time. */
    int count(Predicate<String> kind) {
        int count = 0;
        for (Map.Entry<String, Integer> word : words.entrySet()) {
            count += kind.test(word.getKey()) ? word.getValue() : 0;
        }
        return count;
    }

    private static final class Reader {

        private final Map<String, Integer> words = new LinkedHashMap<>();
        private int wordCount;
        private final StringBuilder word = new StringBuilder();
        private boolean inSentence;
        private boolean afterMark;
        private int letters;
        private int capitals;
        private int digits;
        private int sentences;
        private int lineBreaks;
        private int commas;
        private int questionMarks;
        private int exclamationMarks;
        private int colonsAndSemicolons;
        private int bracketsAndQuotes;

        void take(int c) {
            boolean letter = Character.isLetter(c);
            if (afterMark && !Character.isLetterOrDigit(c)) {
                endSentence();
            }
            afterMark = false;
            if (letter || isMark(c)) {
                word.appendCodePoint(c);
                letters += letter ? 1 : 0;
                capitals += Character.isUpperCase(c) ? 1 : 0;
                return;
            }
            if (isApostrophe(c) && !word.isEmpty()) {
                word.append('\'');
                return;
            }
            endWord();
            count(c);
        }

        private void count(int c) {
            switch (c) {
                case '\n' -> {
                    lineBreaks++;
                    endSentence();
                }
                case '.', '…' -> afterMark = true;
                case '?', '？' -> {
                    questionMarks++;
                    afterMark = true;
                }
                case '!', '！' -> {
                    exclamationMarks++;
                    afterMark = true;
                }
                case '。' -> endSentence();
                case ',', '，' -> commas++;
                case ':', ';' -> colonsAndSemicolons++;
                case '(', ')', '[', ']', '{', '}', '"', '“', '”', '«', '»', '`' ->
                        bracketsAndQuotes++;
                default -> digits += Character.isDigit(c) ? 1 : 0;
            }
        }

        private void endWord() {
            int length = word.length();
            while (length > 0 && word.charAt(length - 1) == '\'') {
                length--;
            }
            if (length > 0) {
                words.merge(word.substring(0, length).toLowerCase(Locale.ROOT), 1, Integer::sum);
                wordCount++;
                inSentence = true;
            }
            word.setLength(0);
        }

        private void endSentence() {
            endWord();
            sentences += inSentence ? 1 : 0;
            inSentence = false;
        }

        Writing done(String text) {
            endSentence();
            List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
            return new Writing(
                    words,
                    wordCount,
                    text.length(),
                    letters,
                    capitals,
                    digits,
                    sentences,
                    lines.size(),
                    (int) lines.stream().filter(Reader::isBullet).count(),
                    lineBreaks,
                    commas,
                    questionMarks,
                    exclamationMarks,
                    colonsAndSemicolons,
                    bracketsAndQuotes);
        }

        /** A dash, star or dot before a blank, or a number before a dot or bracket. */
        private static boolean isBullet(String line) {
            int i = 0;
            while (i < line.length() && Character.isDigit(line.charAt(i))) {
                i++;
            }
            if (i > 0) {
                return i < line.length() && (line.charAt(i) == '.' || line.charAt(i) == ')');
            }
            return line.length() > 1 && "-*•".indexOf(line.charAt(0)) >= 0 && line.charAt(1) == ' ';
        }

        private static boolean isMark(int c) {
            int type = Character.getType(c);
            return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        }

        private static boolean isApostrophe(int c) {
            return c == '\'' || c == '’';
        }
    }
}
