package dev.acey.gateway.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void componentsThatAreTheSameAreThereOnce() {
        ObjectNode whole = Merge.of(List.of(part("A", "/a", "string"), part("B", "/b", "string")));
        assertEquals(1, whole.at("/components/schemas").size());
        assertEquals("#/components/schemas/Thing", whole.at(ref("/b")).asText());
    }

    @Test
    void componentsThatOnlyShareTheirNameAreToldApart() {
        ObjectNode whole = Merge.of(List.of(part("A", "/a", "string"), part("B", "/b", "integer")));
        assertEquals("string", whole.at("/components/schemas/Thing/type").asText());
        assertEquals("integer", whole.at("/components/schemas/BThing/type").asText());
        assertEquals("#/components/schemas/Thing", whole.at(ref("/a")).asText());
        assertEquals("#/components/schemas/BThing", whole.at(ref("/b")).asText());
    }

    @Test
    void whatLooksAlikeButRefersToSomethingElseIsToldApartToo() {
        ObjectNode whole =
                Merge.of(List.of(nested("A", "/a", "string"), nested("B", "/b", "null")));
        assertEquals(
                "#/components/schemas/BInner",
                whole.at("/components/schemas/BOuter/properties/inner/$ref").asText());
        assertEquals("null", whole.at("/components/schemas/BInner/type").asText());
        assertEquals(
                "#/components/schemas/Inner",
                whole.at("/components/schemas/Outer/properties/inner/$ref").asText());
    }

    @Test
    void whatNoKeptPathNeedsStaysOut() {
        Part part = part("A", "/a", "string");
        ObjectNode whole = Merge.of(List.of(new Part("A", part.document(), path -> false)));
        assertTrue(whole.path("components").isMissingNode());
        assertTrue(whole.path("paths").isEmpty());
        assertTrue(whole.path("tags").isEmpty());
    }

    @Test
    void operationsKeepDifferentIds() {
        ObjectNode whole = Merge.of(List.of(part("A", "/a", "string"), part("B", "/b", "string")));
        JsonNode a = whole.at("/paths/~1a/get/operationId");
        JsonNode b = whole.at("/paths/~1b/get/operationId");
        assertFalse(a.equals(b));
        assertEquals("B_get", b.asText());
    }

    private static String ref(String path) {
        return "/paths/" + path.replace("/", "~1") + "/get/responses/200/$ref";
    }

    private static Part part(String name, String path, String type) {
        return part(
                name,
                path,
                """
                {"Thing": {"type": "%s"}, "Unused": {"type": "%s"}}
                """
                        .formatted(type, name),
                "Thing");
    }

    private static Part nested(String name, String path, String type) {
        return part(
                name,
                path,
                """
                {"Outer": {"properties": {"inner": {"$ref": "#/components/schemas/Inner"}}},
                 "Inner": {"type": "%s"}}
                """
                        .formatted(type),
                "Outer");
    }

    private static Part part(String name, String path, String schemas, String used) {
        String document =
                """
                {"paths": {"%s": {"get": {"operationId": "get", "tags": ["T"],
                   "responses": {"200": {"$ref": "#/components/schemas/%s"}}}}},
                 "components": {"schemas": %s},
                 "tags": [{"name": "T"}, {"name": "Unused"}]}
                """
                        .formatted(path, used, schemas);
        try {
            return new Part(name, (ObjectNode) JSON.readTree(document), owned -> true);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
