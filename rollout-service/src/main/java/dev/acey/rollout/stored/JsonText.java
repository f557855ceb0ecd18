package dev.acey.rollout.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.acey.kit.json.JsonConventions;
import java.time.Instant;
import java.util.Map;

/** JSON escaped to ASCII, so that PostgreSQL's text takes whatever a client sent. */
public final class JsonText {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .addModule(new JavaTimeModule())
                    .addModule(new SimpleModule("times").addSerializer(times()))
                    .build();

    private JsonText() {}

    /** Evidence shows what is stored: times are written as the API writes them. */
    private static StdDelegatingSerializer times() {
        return new StdDelegatingSerializer(
                Instant.class,
                new StdConverter<Instant, String>() {
                    @Override
                    public String convert(Instant time) {
                        return JsonConventions.format(time);
                    }
                });
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("what is stored must encode as JSON", e);
        }
    }

    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table holds unreadable JSON", e);
        }
    }

    /** An object's values by their names, in its order. */
    public static <T> Map<String, T> readMap(String text, Class<T> type) {
        try {
            return MAPPER.readerForMapOf(type).readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table holds unreadable JSON", e);
        }
    }

    /** The value as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }
}
