package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON as CEL sees it, and back: every number a double, null the same as missing in an object. */
final class CelValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CelValues() {}

    /**
     * Fields sorted by name, so that their order in the source cannot matter; null ones left out.
     */
    static Map<String, Object> object(JsonNode node) {
        Map<String, Object> fields = new TreeMap<>();
        node.properties()
                .forEach(
                        field -> {
                            if (!field.getValue().isNull()) {
                                fields.put(field.getKey(), value(field.getValue()));
                            }
                        });
        return fields;
    }

    static List<Object> list(JsonNode node) {
        List<Object> items = new ArrayList<>(node.size());
        node.forEach(item -> items.add(value(item)));
        return items;
    }

    static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> list(node);
            case STRING -> node.textValue();
            case NUMBER -> CanonicalJson.asDouble(node);
            case BOOLEAN -> node.booleanValue();
            default -> NullValue.NULL_VALUE;
        };
    }

    /**
     * The JSON of an expression's result; each value is charged.
     *
     * @throws IllegalArgumentException for what JSON has no form for
     */
    static JsonNode json(Object value, Work work) {
        work.chargeMade(value instanceof String text ? text.length() : 0);
        if (value instanceof String text) {
            return JSON.textNode(text);
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return JSON.numberNode(number);
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Boolean bool) {
            return JSON.booleanNode(bool);
        }
        if (value instanceof NullValue) {
            return JSON.nullNode();
        }
        if (value instanceof List<?> items) {
            ArrayNode array = JSON.arrayNode();
            items.forEach(item -> array.add(json(item, work)));
            return array;
        }
        if (value instanceof Map<?, ?> fields) {
            ObjectNode object = JSON.objectNode();
            fields.forEach(
                    (name, field) -> {
                        work.chargeMade(((String) name).length());
                        object.set((String) name, json(field, work));
                    });
            return object;
        }
        throw new IllegalArgumentException("not a JSON value");
    }

    /** Whether two values are the same to a rule: numbers by value, fields in any order. */
    static boolean same(JsonNode one, JsonNode other) {
        return one != null && (one.equals(other) || value(one).equals(value(other)));
    }
}
