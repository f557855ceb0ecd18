package dev.acey.simulation.correctness;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * What a task's outputs must be; a null leaves it open.
 *
 * @param schema JSON Schema (draft 2020-12) of an aceyOutput
 * @param allowedIntents the types of intents there may be; empty for none
 * @param requiredFields by type of intent, the fields each such intent must have
 */
@RegisterForReflection
public record OutputRules(
        @JsonProperty("schema") JsonNode schema,
        @JsonProperty("allowedIntents") List<String> allowedIntents,
        @JsonProperty("requiredFields") Map<String, List<String>> requiredFields) {

    /** Anything goes. */
    public static final OutputRules NONE = new OutputRules(null, null, null);

    public OutputRules {
        schema = schema == null || schema.isNull() ? null : schema;
        allowedIntents = allowedIntents == null ? null : List.copyOf(allowedIntents);
        requiredFields = requiredFields == null ? null : Map.copyOf(requiredFields);
    }

    /** Whether there is nothing to check. */
    @JsonIgnore
    public boolean isOpen() {
        return schema == null && allowedIntents == null && requiredFields == null;
    }
}
