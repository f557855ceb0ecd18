package dev.acey.dataset.example;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acey.kit.json.StorableJson;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** JSON as the files of a dataset have it: the same bytes for the same tree on every Java. */
public final class JsonLine {

    /** Java's own way of writing doubles differs between versions. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                                    .build())
                    .build();

    private JsonLine() {}

    /**
     * One line in UTF-8, ending in a line feed; empty when the tree holds half of a surrogate pair,
     * which UTF-8 cannot say.
     */
    public static Optional<byte[]> of(JsonNode tree) {
        if (!isUnicode(tree)) {
            return Optional.empty();
        }
        try {
            byte[] json = MAPPER.writeValueAsBytes(tree);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return Optional.of(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree always encodes", e);
        }
    }

    private static boolean isUnicode(JsonNode node) {
        if (node.isTextual()) {
            return StorableJson.isUnicode(node.textValue());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!StorableJson.isUnicode(field.getKey()) || !isUnicode(field.getValue())) {
                return false;
            }
        }
        if (node.isArray()) {
            for (JsonNode item : node) {
                if (!isUnicode(item)) {
                    return false;
                }
            }
        }
        return true;
    }

    static String json(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree always encodes", e);
        }
    }
}
