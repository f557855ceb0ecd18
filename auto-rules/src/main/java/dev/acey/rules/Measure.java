package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Measures an output, and finds what makes it one that rules cannot be asked about. */
final class Measure {
    private final JsonNode output;
    private int values;
    private int chars;
    private long[] intentSizes = {};
    private String refusedBy;
    private String refusal;

    private Measure(JsonNode output) {
        this.output = output;
    }

    static Measure of(JsonNode output) {
        Measure measure = new Measure(output);
        measure.run();
        return measure;
    }

    /** The finding that refuses the output; null where it can be judged. */
    Finding refusal() {
        return refusal == null ? null : new Finding(refusedBy, null, Effect.REJECT, refusal);
    }

    /** The size of the whole output, in the sense of {@link Work#size}. */
    long size() {
        return Work.size(values, chars);
    }

    long intentSize(int index) {
        return intentSizes[index];
    }

    private void run() {
        if (output == null || !output.isObject()) {
            refuse("engine.output", "the output is not an object");
            return;
        }
        JsonNode intents = output.path("intents");
        if (intents.size() > Limits.MAX_INTENTS) {
            refuse("engine.intents", "there are more than " + Limits.MAX_INTENTS + " intents");
            return;
        }
        checkShape("intents", "engine.intents", "the intents are not a list");
        checkShape("toolCalls", "engine.toolCalls", "the tool calls are not a list");
        checkShape("tool_calls", "engine.toolCalls", "the tool calls are not a list");
        JsonNode speech = output.path("speech");
        if (!speech.isTextual() && !speech.isNull() && !speech.isMissingNode()) {
            refuse("engine.speech", "the speech is not a text");
        }
        intentSizes = new long[intents.size()];
        for (int i = 0; i < intentSizes.length && refusal == null; i++) {
            int valuesBefore = values;
            int charsBefore = chars;
            walk(intents.get(i), 3);
            intentSizes[i] = Work.size(values - valuesBefore, chars - charsBefore);
            checkIntent(intents.get(i));
        }
        for (Map.Entry<String, JsonNode> field : output.properties()) {
            text(field.getKey());
            if (!field.getKey().equals("intents")) {
                walk(field.getValue(), 2);
            }
        }
    }

    private void checkShape(String field, String rule, String detail) {
        JsonNode list = output.path(field);
        if (!list.isArray() && !list.isNull() && !list.isMissingNode()) {
            refuse(rule, detail);
        }
    }

    private void checkIntent(JsonNode intent) {
        JsonNode type = intent.path("type");
        if (!type.isTextual() || type.textValue().isBlank()) {
            refuse("engine.intentType", "an intent has no type");
        } else if (type.textValue().length() > Limits.MAX_INTENT_TYPE) {
            refuse(
                    "engine.intentType",
                    "an intent's type is longer than " + Limits.MAX_INTENT_TYPE + " characters");
        }
    }

    private void walk(JsonNode node, int depth) {
        values++;
        if (depth > Limits.MAX_OUTPUT_DEPTH) {
            refuse("engine.depth", "nested deeper than " + Limits.MAX_OUTPUT_DEPTH + " levels");
        } else if (values > Limits.MAX_OUTPUT_VALUES) {
            refuse("engine.size", "more than " + Limits.MAX_OUTPUT_VALUES + " values");
        }
        if (refusal != null) {
            return;
        }
        switch (node.getNodeType()) {
            case OBJECT -> {
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    text(field.getKey());
                    walk(field.getValue(), depth + 1);
                    if (refusal != null) {
                        return;
                    }
                }
            }
            case ARRAY -> {
                for (int i = 0; i < node.size() && refusal == null; i++) {
                    walk(node.get(i), depth + 1);
                }
            }
            case STRING -> text(node.textValue());
            case NUMBER -> {
                if (!Double.isFinite(CanonicalJson.asDouble(node))) {
                    refuse("engine.number", "a number is not finite");
                }
            }
            case BOOLEAN, NULL -> {
                // nothing that could be too large
            }
            default -> refuse("engine.output", "a value is not JSON");
        }
    }

    private void text(String text) {
        chars += Math.min(text.length(), Limits.MAX_OUTPUT_TEXT + 1);
        if (chars > Limits.MAX_OUTPUT_TEXT) {
            refuse("engine.text", "more than " + Limits.MAX_OUTPUT_TEXT + " characters of text");
        } else if (Text.hasLoneSurrogate(text)) {
            refuse("engine.text", "a text holds a lone surrogate");
        }
    }

    private void refuse(String rule, String detail) {
        if (refusal == null) {
            refusedBy = rule;
            refusal = detail;
        }
    }
}
