package dev.acey.log.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.ProblemException;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text: its runs of letters, marks and digits, folded by NFKC and to lower case.
 * Scripts that write no spaces between words give a word a character. An entry is found by {@code
 * q} when each word of it occurs in its prompt or its speech, in any order.
 */
record SearchWords(Set<String> all) {

    private static final int LONGEST = 128;

    private static final Set<UnicodeScript> WITHOUT_SPACES =
            EnumSet.of(
                    UnicodeScript.HAN,
                    UnicodeScript.HIRAGANA,
                    UnicodeScript.KATAKANA,
                    UnicodeScript.THAI,
                    UnicodeScript.LAO,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR);

    /**
     * What a client looks for; null for nothing, 400 for a text longer than {@value #LONGEST}
     * characters or without a word.
     */
    static SearchWords of(String q) {
        if (q == null || q.isEmpty()) {
            return null;
        }
        if (q.length() > LONGEST) {
            throw ProblemException.invalid("/q", "must be at most " + LONGEST + " characters");
        }
        SearchWords words = new SearchWords(new HashSet<>());
        words.add(q);
        if (words.all.isEmpty()) {
            throw ProblemException.invalid("/q", "must hold a letter or a digit");
        }
        return words;
    }

    /** Those of an entry's prompt, or of every message of it, and of its speech. */
    static SearchWords of(JsonNode entry) {
        SearchWords words = new SearchWords(new HashSet<>());
        JsonNode prompt = entry.path("llmPrompt");
        words.add(prompt.textValue());
        for (JsonNode message : prompt) {
            words.add(message.path("content").textValue());
        }
        words.add(entry.path("aceyOutput").path("speech").textValue());
        return words;
    }

    boolean areIn(JsonNode entry) {
        return of(entry).all.containsAll(all);
    }

    /**
     * False only where {@link #areIn} is false as well, and found out much sooner: ASCII folds to
     * lower case and nothing else, so that a word stands in the JSON as it is.
     */
    boolean mayBeIn(byte[] entry) {
        return !isPlain(entry) || all.stream().allMatch(word -> holds(entry, word));
    }

    /** One number a word; different words may share one. */
    Integer[] hashes() {
        return all.stream().map(String::hashCode).distinct().toArray(Integer[]::new);
    }

    private static boolean isPlain(byte[] entry) {
        for (int i = 0; i < entry.length; i++) {
            if (entry[i] < 0 || (entry[i] == '\\' && entry[i + 1] == 'u')) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(byte[] entry, String word) {
        for (int start = 0; start <= entry.length - word.length(); start++) {
            int i = 0;
            while (i < word.length() && lowerCase(entry[start + i]) == word.charAt(i)) {
                i++;
            }
            if (i == word.length()) {
                return true;
            }
        }
        return false;
    }

    private static int lowerCase(byte character) {
        return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
    }

    private void add(String text) {
        if (text == null) {
            return;
        }
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        int start = 0;
        int at = 0;
        while (at < folded.length()) {
            int character = folded.codePointAt(at);
            int next = at + Character.charCount(character);
            if (!isOfWord(character)) {
                take(folded, start, at);
                start = next;
            } else if (WITHOUT_SPACES.contains(UnicodeScript.of(character))) {
                take(folded, start, at);
                take(folded, at, next);
                start = next;
            }
            at = next;
        }
        take(folded, start, at);
    }

    private void take(String text, int start, int end) {
        if (end > start) {
            all.add(text.substring(start, end));
        }
    }

    private static boolean isOfWord(int character) {
        return Character.isLetterOrDigit(character)
                || Character.getType(character) == Character.NON_SPACING_MARK
                || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    }
}
