package dev.acey.log.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.ProblemException;
import java.util.Locale;

/**
 * A text to look for in the prompt and in the speech: a plain substring, whatever the case of its
 * letters.
 */
record Phrase(String folded) {

    private static final int LONGEST = 128;

    /** Null for no text; 400 for one longer than {@value #LONGEST} characters. */
    static Phrase of(String q) {
        if (q == null || q.isEmpty()) {
            return null;
        }
        if (q.length() > LONGEST) {
            throw ProblemException.invalid("/q", "must be at most " + LONGEST + " characters");
        }
        return new Phrase(fold(q));
    }

    /** Whether an entry's prompt, or any message of it, or its speech holds the text. */
    boolean isIn(JsonNode entry) {
        JsonNode prompt = entry.path("llmPrompt");
        for (JsonNode message : prompt) {
            if (isIn(message.path("content").textValue())) {
                return true;
            }
        }
        return isIn(prompt.textValue())
                || isIn(entry.path("aceyOutput").path("speech").textValue());
    }

    private boolean isIn(String place) {
        return place != null && fold(place).contains(folded);
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
