package dev.acey.rollout.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Overrides as the table keeps them: bytes, because PostgreSQL's text does not take every key. */
@Converter
public class Overrides implements AttributeConverter<Map<String, String>, byte[]> {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<LinkedHashMap<String, String>> MAP =
            new TypeReference<>() {};

    @Override
    public byte[] convertToDatabaseColumn(Map<String, String> overrides) {
        try {
            return JSON.writeValueAsBytes(overrides);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("overrides are texts and encode", e);
        }
    }

    @Override
    public Map<String, String> convertToEntityAttribute(byte[] json) {
        try {
            return JSON.readValue(json, MAP);
        } catch (IOException e) {
            throw new IllegalStateException("a stored task holds unreadable overrides", e);
        }
    }
}
