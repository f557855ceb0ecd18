package dev.acey.rollout.ofrep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.json.StorableJson;
import java.io.IOException;

/** Reads who is asked for, the one thing of a context that decides here. */
final class TargetingKey {

    private static final int LONGEST = 256;

    private TargetingKey() {}

    /** The key of {@code {"context": {"targetingKey": …}}}, or why there is none. */
    static String of(byte[] body, ObjectMapper json) {
        JsonNode request = parse(body, json);
        if (!request.isObject()) {
            throw OfrepFailure.bad(
                    OfrepFailure.Code.PARSE_ERROR, "The body must be a JSON object.");
        }
        JsonNode context = request.path("context");
        if (!context.isObject() && !isAbsent(context)) {
            throw OfrepFailure.bad(
                    OfrepFailure.Code.INVALID_CONTEXT, "context must be a JSON object.");
        }
        JsonNode key = context.path("targetingKey");
        if (isAbsent(key) || (key.isTextual() && key.textValue().isEmpty())) {
            throw OfrepFailure.bad(
                    OfrepFailure.Code.TARGETING_KEY_MISSING,
                    "context.targetingKey is required: it decides which model serves.");
        }
        if (!key.isTextual()
                || key.textValue().length() > LONGEST
                || !StorableJson.isUnicode(key.textValue())) {
            throw OfrepFailure.bad(
                    OfrepFailure.Code.INVALID_CONTEXT,
                    "context.targetingKey must be a text of at most " + LONGEST + " characters.");
        }
        return key.textValue();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static JsonNode parse(byte[] body, ObjectMapper json) {
        try {
            return json.readTree(body == null ? new byte[0] : body);
        } catch (IOException e) {
            throw OfrepFailure.bad(OfrepFailure.Code.PARSE_ERROR, "The body is not valid JSON.");
        }
    }
}
