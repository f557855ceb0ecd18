package dev.acey.simulation.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Texts short enough for a page. */
final class Clip {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\r\t]]");

    private Clip() {}

    /** The beginning, with an ellipsis where something was cut off. */
    static String head(String given, int most) {
        String text = printable(given);
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }

    /** The end, likewise. */
    static String tail(String given, int most) {
        String text = printable(given);
        if (text.length() <= most) {
            return text;
        }
        int start = text.length() - most;
        return "…"
                + text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
    }

    /** A prompt as text: what it says, or its messages one a line; of many messages the last. */
    static String prompt(JsonNode prompt, int most) {
        if (prompt == null || prompt.isTextual()) {
            return head(prompt == null ? "" : prompt.textValue(), most);
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode message : prompt) {
            lines.add(message.path("role").asText("") + ": " + content(message.path("content")));
        }
        return tail(String.join("\n", lines), most);
    }

    /** HTML has no place for control characters. */
    private static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("\uFFFD");
    }

    /** A message's content is a text, or parts of which some are texts. */
    private static String content(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        List<String> texts = new ArrayList<>();
        content.forEach(part -> texts.add(part.path("text").asText("")));
        return String.join(" ", texts);
    }
}
