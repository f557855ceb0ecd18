package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Where a memory proposal keeps its text: models differ, so the first field present counts. */
final class RememberedText {
    /** The fields, in the order they are looked at. */
    static final List<String> FIELDS = List.of("text", "memory", "content");

    private RememberedText() {}

    /** The text of an intent that proposes a memory, empty if it has none. */
    static String of(JsonNode intent) {
        for (String field : FIELDS) {
            if (intent.hasNonNull(field)) {
                return intent.get(field).asText("");
            }
        }
        return "";
    }
}
