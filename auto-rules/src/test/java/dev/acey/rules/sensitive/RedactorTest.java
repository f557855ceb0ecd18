package dev.acey.rules.sensitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final Redactor ALL =
            new Redactor(
                    EnumSet.allOf(Kind.class),
                    Map.of("badge", Pattern.compile("\\bB-[0-9]{4}\\b")));

    private static final List<String> PIECES =
            LabelledText.all().stream().map(LabelledText::text).toList();

    private static final List<String> GLUE =
            List.of(
                    " ", "", "-", ".", "@", "://", ":", "+", "(", ")", "0", "B-1234", "[email]",
                    "\n");

    @Test
    void whatIsFoundGivesWayToItsKindAndIsCounted() {
        Map<String, Integer> counts = new HashMap<>();
        String redacted =
                ALL.redact(
                        "B-1234 wrote from ann@corp.io and bob@corp.io about 4111 1111 1111 1111",
                        counts);
        assertEquals("[badge] wrote from [email] and [email] about [card]", redacted);
        assertEquals(Map.of("badge", 1, "email", 2, "card", 1), counts);
    }

    @Test
    void onlyTheKindsAskedForAreTakenOut() {
        Redactor cards = new Redactor(Set.of(Kind.CARD), Map.of());
        assertEquals("ann@corp.io [card]", redact(cards, "ann@corp.io 4111111111111111"));
        assertTrue(new Redactor(Set.of(), Map.of()).isIdle());
        assertFalse(cards.isIdle());
    }

    @Test
    void aTextWithNothingInItIsTheSameInstance() {
        String text = "I raise to 2500 with Ah Kd";
        assertSame(text, redact(ALL, text));
    }

    @Test
    void anOwnPatternThatLooksFarAheadTakesOutTheRestInsteadOfMuchTime() {
        Redactor far = new Redactor(Set.of(), Map.of("x", Pattern.compile("a(.*b)?")));
        String redacted = redact(far, "a".repeat(100_000));
        assertEquals("", redacted.replace("[x]", ""));
        assertTrue(redacted.length() < 1_000, "placeholders: " + redacted.length() / 3);
    }

    @Test
    void allMatchesOfAnOwnPatternAreTakenOutOfALongText() {
        Redactor words = new Redactor(Set.of(), Map.of("x", Pattern.compile("ab+")));
        assertEquals("[x] ".repeat(50_000), redact(words, "abb ".repeat(50_000)));
    }

    @Test
    void anOwnPatternThatMatchesNothingInParticularTakesNothingOut() {
        Redactor empty = new Redactor(Set.of(), Map.of("x", Pattern.compile("\\b")));
        assertEquals("some words", redact(empty, "some words"));
    }

    @Property(tries = 2_000)
    void redactingTwiceChangesNothing(@ForAll("texts") String text) {
        String once = redact(ALL, text);
        Map<String, Integer> counts = new HashMap<>();
        assertEquals(once, ALL.redact(once, counts));
        assertEquals(Map.of(), counts);
    }

    @Property(tries = 2_000)
    void anyTextAtAllCanBeRedacted(@ForAll String text) {
        String once = redact(ALL, text);
        assertEquals(once, redact(ALL, once));
    }

    @Property(tries = 500)
    void theShapeOfADocumentStays(@ForAll("documents") JsonNode document) {
        JsonNode before = document.deepCopy();
        JsonNode redacted = ALL.redact(document, new HashMap<>());
        assertEquals(before, document);
        assertEquals(shapeOf(document), shapeOf(redacted));
    }

    @Property(tries = 200)
    void everyStringOfADocumentIsRedactedAsATextIs(@ForAll("texts") String text) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put(text, 1).putArray("list").add(text).addObject().put("deep", text);
        Map<String, Integer> once = new HashMap<>();
        Map<String, Integer> twice = new HashMap<>();
        JsonNode redacted = ALL.redact(document, twice);
        String expected = ALL.redact(text, once);
        once.replaceAll((label, count) -> 2 * count);
        assertEquals(once, twice);
        assertEquals(expected, redacted.at("/list/0").textValue());
        assertEquals(expected, redacted.at("/list/1/deep").textValue());
        assertEquals(1, redacted.path(text).intValue());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .flatMap(
                        pieces ->
                                Arbitraries.of(GLUE)
                                        .list()
                                        .ofSize(pieces.size())
                                        .map(glue -> joined(pieces, glue)));
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return document(3);
    }

    private Arbitrary<JsonNode> document(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Arbitrary<JsonNode> leaf =
                Arbitraries.oneOf(
                        texts().map(json::textNode),
                        Arbitraries.doubles().map(json::numberNode),
                        Arbitraries.of(true, false).map(json::booleanNode),
                        Arbitraries.just(json.nullNode()));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<JsonNode> array =
                document(depth - 1)
                        .list()
                        .ofMaxSize(3)
                        .map(
                                items -> {
                                    ArrayNode node = json.arrayNode();
                                    return node.addAll(items);
                                });
        Arbitrary<JsonNode> object =
                Arbitraries.maps(texts(), document(depth - 1))
                        .ofMaxSize(3)
                        .map(
                                fields -> {
                                    ObjectNode node = json.objectNode();
                                    return node.setAll(fields);
                                });
        return Arbitraries.oneOf(leaf, array, object);
    }

    private static String joined(List<String> pieces, List<String> glue) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            text.append(pieces.get(i)).append(glue.get(i));
        }
        return text.toString();
    }

    /** The document with every string emptied. */
    private static JsonNode shapeOf(JsonNode node) {
        ObjectMapper json = new ObjectMapper();
        if (node.isObject()) {
            ObjectNode shape = json.createObjectNode();
            node.properties()
                    .forEach(field -> shape.set(field.getKey(), shapeOf(field.getValue())));
            return shape;
        }
        if (node.isArray()) {
            ArrayNode shape = json.createArrayNode();
            node.forEach(item -> shape.add(shapeOf(item)));
            return shape;
        }
        return node.isTextual() ? json.getNodeFactory().textNode("") : node;
    }

    private static String redact(Redactor redactor, String text) {
        return redactor.redact(text, new HashMap<>());
    }
}
