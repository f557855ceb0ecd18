package dev.acey.kit.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.FieldError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Finds what JSON's grammar allows but nothing can hold: half of a surrogate pair (not a Unicode
 * text, RFC 8259 section 8.2) and numbers beyond the range of a double (RFC 7493).
 */
public final class StorableJson {

    private static final int ENOUGH = 10;

    private StorableJson() {}

    /** What is wrong, the first few places with their JSON Pointers; empty when all is well. */
    public static List<FieldError> check(JsonNode node) {
        List<FieldError> errors = new ArrayList<>();
        if (!isStorable(node)) {
            check(node, "", errors);
        }
        return errors;
    }

    /** What nearly all documents pass, without a word on where things stand. */
    private static boolean isStorable(JsonNode node) {
        if (node.isTextual()) {
            return isUnicode(node.textValue());
        }
        if (node.isNumber()) {
            return Double.isFinite(node.doubleValue());
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!isUnicode(field.getKey()) || !isStorable(field.getValue())) {
                    return false;
                }
            }
        } else {
            for (JsonNode item : node) {
                if (!isStorable(item)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether every surrogate in the text has its other half. */
    public static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static void check(JsonNode node, String pointer, List<FieldError> errors) {
        if (errors.size() >= ENOUGH) {
            return;
        }
        if (node.isTextual() && !isUnicode(node.textValue())) {
            errors.add(new FieldError(pointer, "holds half of a surrogate pair"));
        } else if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
            errors.add(new FieldError(pointer, "is beyond the range of a double"));
        } else if (node.isArray()) {
            int index = 0;
            for (Iterator<JsonNode> items = node.elements(); items.hasNext(); index++) {
                check(items.next(), pointer + "/" + index, errors);
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!isUnicode(field.getKey())) {
                    errors.add(new FieldError(pointer, "has a field name with half a surrogate"));
                }
                check(field.getValue(), FieldError.child(pointer, field.getKey()), errors);
            }
        }
    }
}
