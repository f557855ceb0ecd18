package dev.acey.simulation.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model gave, read leniently: what is missing or of another type is as if it were empty.
 *
 * @param json the output as it came
 */
public record AceyOutput(ObjectNode json) {

    /** An output that only says something. */
    public static AceyOutput ofSpeech(String speech) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("speech", speech);
        json.putArray("intents");
        return new AceyOutput(json);
    }

    /** What is said; empty where nothing is. */
    public String speech() {
        JsonNode speech = json.path("speech");
        return speech.isTextual() ? speech.textValue() : "";
    }

    /** The intents that are objects, in order. */
    public List<JsonNode> intents() {
        List<JsonNode> intents = new ArrayList<>();
        for (JsonNode intent : json.path("intents")) {
            if (intent.isObject()) {
                intents.add(intent);
            }
        }
        return intents;
    }

    /** The mean of the intents' confidences that are within 0 and 1; null where none is. */
    public Double confidence() {
        double sum = 0;
        int count = 0;
        for (JsonNode intent : intents()) {
            double confidence = intent.path("confidence").asDouble(-1);
            if (intent.path("confidence").isNumber() && confidence >= 0 && confidence <= 1) {
                sum += confidence;
                count++;
            }
        }
        return count == 0 ? null : Double.valueOf(sum / count);
    }
}
