package dev.acey.dataset.version;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** The parts of a version as the database keeps them. */
final class PartsJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PartsJson() {}

    static String write(List<DatasetPart> parts) {
        try {
            return JSON.writeValueAsString(parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("parts always encode", e);
        }
    }

    static List<DatasetPart> read(String stored) {
        try {
            return JSON.readValue(stored, new TypeReference<List<DatasetPart>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored parts are unreadable", e);
        }
    }
}
