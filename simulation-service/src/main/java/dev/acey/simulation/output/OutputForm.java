package dev.acey.simulation.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/** The form of an aceyOutput, as log entries have it too. */
public final class OutputForm {

    private OutputForm() {}

    /** What is wrong with it: it is an object, its speech a string, its intents an array. */
    public static List<FieldError> check(String pointer, JsonNode output) {
        if (output == null || output.isNull()) {
            return List.of(new FieldError(pointer, "is required"));
        }
        if (!output.isObject()) {
            return List.of(new FieldError(pointer, "must be an object"));
        }
        List<FieldError> errors = new ArrayList<>();
        JsonNode speech = output.path("speech");
        if (!speech.isMissingNode() && !speech.isNull() && !speech.isTextual()) {
            errors.add(new FieldError(pointer + "/speech", "must be a string"));
        }
        JsonNode intents = output.path("intents");
        if (!intents.isMissingNode() && !intents.isNull() && !intents.isArray()) {
            errors.add(new FieldError(pointer + "/intents", "must be an array"));
        }
        for (int i = 0; i < intents.size(); i++) {
            if (!intents.get(i).isObject()) {
                errors.add(new FieldError(pointer + "/intents/" + i, "must be an object"));
                break;
            }
        }
        return errors;
    }
}
