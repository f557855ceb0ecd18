package dev.acey.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code $ref} within one document: who refers to which component. */
final class References {

    private static final String PREFIX = "#/components/";
    private static final String REF = "$ref";

    private References() {}

    /** A component, as {@code #/components/<section>/<key>} names it. */
    record Name(String section, String key) {

        JsonNode in(JsonNode components) {
            return components.path(section).path(key);
        }

        private static Optional<Name> of(String reference) {
            String[] steps =
                    reference.startsWith(PREFIX)
                            ? reference.substring(PREFIX.length()).split("/", 2)
                            : new String[0];
            return steps.length == 2 ? Optional.of(new Name(steps[0], steps[1])) : Optional.empty();
        }
    }

    /** Every component that is referred to from here, directly or through others. */
    static Set<Name> closure(JsonNode from, JsonNode components) {
        Set<Name> seen = new LinkedHashSet<>();
        Deque<JsonNode> toRead = new ArrayDeque<>();
        toRead.add(from);
        while (!toRead.isEmpty()) {
            for (JsonNode reference : toRead.remove().findValues(REF)) {
                Name.of(reference.asText())
                        .filter(name -> !name.in(components).isMissingNode())
                        .filter(seen::add)
                        .ifPresent(name -> toRead.add(name.in(components)));
            }
        }
        return seen;
    }

    /**
     * New keys for those used components whose name means something else already. A component that
     * looks alike but refers to such a one means something else as well.
     */
    static Map<Name, String> clashes(
            Set<Name> used, JsonNode offered, JsonNode taken, String prefix) {
        Map<Name, String> renamed = new LinkedHashMap<>();
        int before;
        do {
            before = renamed.size();
            for (Name name : used) {
                boolean isTaken = !name.in(taken).isMissingNode();
                boolean same =
                        name.in(taken).equals(name.in(offered))
                                && !refersToOneOf(name.in(offered), renamed.keySet());
                if (isTaken && !same) {
                    renamed.putIfAbsent(name, free(name, prefix, taken));
                }
            }
        } while (renamed.size() > before);
        return renamed;
    }

    /** A copy in which references to renamed components follow them. */
    static JsonNode rename(JsonNode node, Map<Name, String> renamed) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(f -> copy.set(f.getKey(), field(f, renamed)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(rename(item, renamed)));
            return copy;
        }
        return node;
    }

    private static JsonNode field(Map.Entry<String, JsonNode> field, Map<Name, String> renamed) {
        if (!field.getKey().equals(REF) || !field.getValue().isTextual()) {
            return rename(field.getValue(), renamed);
        }
        Optional<Name> name = Name.of(field.getValue().asText());
        return name.filter(renamed::containsKey)
                .<JsonNode>map(
                        n ->
                                JsonNodeFactory.instance.textNode(
                                        PREFIX + n.section() + "/" + renamed.get(n)))
                .orElse(field.getValue());
    }

    private static boolean refersToOneOf(JsonNode component, Set<Name> names) {
        return component.findValues(REF).stream()
                .map(reference -> Name.of(reference.asText()))
                .anyMatch(name -> name.isPresent() && names.contains(name.get()));
    }

    private static String free(Name name, String prefix, JsonNode taken) {
        String key = prefix + name.key();
        while (!new Name(name.section(), key).in(taken).isMissingNode()) {
            key = prefix + key;
        }
        return key;
    }
}
