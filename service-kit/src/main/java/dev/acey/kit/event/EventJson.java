package dev.acey.kit.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** An event's data as the database keeps it: escaped to ASCII. */
final class EventJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private EventJson() {}

    static String write(Event event) {
        try {
            String text = MAPPER.writeValueAsString(event.data());
            if (text.length() > Event.LARGEST_DATA) {
                throw new IllegalArgumentException(
                        event.type() + " has " + text.length() + " bytes of data");
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an event's data must be JSON", e);
        }
    }

    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored event holds unreadable JSON", e);
        }
    }
}
