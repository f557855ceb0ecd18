package dev.acey.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts parts together: the paths each part owns, the components they refer to, their tags. A
 * component two parts name alike is there once when it is the same for both; else the later part's
 * gets the part's name in front.
 */
final class Merge {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode components = JSON.objectNode();
    private final Map<String, JsonNode> paths = new TreeMap<>();
    private final Map<String, JsonNode> tags = new TreeMap<>();
    private final Set<String> operations = new HashSet<>();

    private Merge() {}

    /** The whole, without {@code info}. */
    static ObjectNode of(List<Part> parts) {
        Merge merge = new Merge();
        parts.forEach(merge::add);
        return merge.whole();
    }

    private void add(Part part) {
        ObjectNode own = JSON.objectNode();
        for (Map.Entry<String, JsonNode> path : part.document().path("paths").properties()) {
            if (part.owns().test(path.getKey())) {
                own.set(path.getKey(), path.getValue());
            }
        }
        JsonNode offered = part.document().path("components");
        Set<References.Name> used = References.closure(own, offered);
        Map<References.Name, String> renamed =
                References.clashes(used, offered, components, part.name());
        for (References.Name name : used) {
            components
                    .withObjectProperty(name.section())
                    .set(
                            renamed.getOrDefault(name, name.key()),
                            References.rename(name.in(offered), renamed));
        }
        for (Map.Entry<String, JsonNode> path : own.properties()) {
            JsonNode operationsOfPath = References.rename(path.getValue(), renamed);
            operationsOfPath.forEach(operation -> uniqueId(operation, part.name()));
            paths.put(path.getKey(), operationsOfPath);
        }
        collectTags(part, own);
    }

    private void uniqueId(JsonNode operation, String prefix) {
        String id = operation.path("operationId").asText();
        if (!id.isEmpty() && !operations.add(id)) {
            String unique = prefix + "_" + id;
            operations.add(unique);
            ((ObjectNode) operation).put("operationId", unique);
        }
    }

    /** Only tags that something kept carries. */
    private void collectTags(Part part, JsonNode ownPaths) {
        Set<String> used = new HashSet<>();
        ownPaths.findValues("tags").forEach(list -> list.forEach(tag -> used.add(tag.asText())));
        for (JsonNode tag : part.document().path("tags")) {
            String name = tag.path("name").asText();
            if (used.contains(name)) {
                tags.putIfAbsent(name, tag);
            }
        }
    }

    private ObjectNode whole() {
        ObjectNode whole = JSON.objectNode();
        whole.put("openapi", "3.1.0");
        ArrayNode allTags = whole.putArray("tags");
        tags.values().forEach(allTags::add);
        ObjectNode allPaths = whole.putObject("paths");
        paths.forEach(allPaths::set);
        if (!components.isEmpty()) {
            whole.set("components", components);
        }
        return whole;
    }
}
