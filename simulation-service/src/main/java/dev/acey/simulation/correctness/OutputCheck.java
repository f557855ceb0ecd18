package dev.acey.simulation.correctness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.simulation.correctness.TaskSchema.BadSchemaException;
import dev.acey.simulation.output.AceyOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks outputs by a task's rules. */
public final class OutputCheck {

    private final OutputRules rules;
    private final TaskSchema schema;

    private OutputCheck(OutputRules rules, TaskSchema schema) {
        this.rules = rules;
        this.schema = schema;
    }

    /**
     * @throws IllegalArgumentException saying what is wrong with the schema
     */
    public static OutputCheck of(OutputRules rules) {
        try {
            return new OutputCheck(
                    rules, rules.schema() == null ? null : TaskSchema.of(rules.schema()));
        } catch (BadSchemaException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** What is wrong with an output, the first of each kind; empty where nothing is. */
    public Optional<String> fault(AceyOutput output) {
        List<String> faults = new ArrayList<>();
        if (schema != null) {
            faults.add(schema.fault(output.json()));
        }
        List<JsonNode> intents = output.intents();
        for (int i = 0; i < intents.size() && faults.size() < 3; i++) {
            faults.add(fault("/intents/" + i, intents.get(i)));
        }
        faults.removeIf(String::isEmpty);
        return faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", faults));
    }

    private String fault(String place, JsonNode intent) {
        String type = intent.path("type").asText("");
        if (rules.allowedIntents() != null && !rules.allowedIntents().contains(type)) {
            return place + ": an intent of type " + type + " is not allowed";
        }
        List<String> required =
                rules.requiredFields() == null ? null : rules.requiredFields().get(type);
        if (required != null) {
            for (String field : required) {
                if (!intent.hasNonNull(field)) {
                    return place + ": the field " + field + " is missing";
                }
            }
        }
        return "";
    }
}
