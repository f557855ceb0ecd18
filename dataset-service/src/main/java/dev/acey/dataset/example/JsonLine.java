package dev.acey.dataset.example;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acey.kit.json.StorableJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON as the files of a dataset have it: the same bytes for the same tree on every Java. */
public final class JsonLine {

    /** Java's own way of writing doubles differs between versions. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                                    .build())
                    .build();

    private JsonLine() {}

    /**
     * One line in UTF-8, ending in a line feed; empty when the tree holds half of a surrogate pair,
     * which UTF-8 cannot say.
     */
    public static Optional<byte[]> of(JsonNode tree) {
        String json = json(tree);
        return StorableJson.isUnicode(json)
                ? Optional.of((json + "\n").getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    static String json(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree always encodes", e);
        }
    }
}
