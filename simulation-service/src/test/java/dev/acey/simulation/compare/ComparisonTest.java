package dev.acey.simulation.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.output.IntentMatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Property
    void swappingTheOutputsMirrorsTheAnswer(
            @ForAll("outputs") ObjectNode a, @ForAll("outputs") ObjectNode b) {
        Comparison forth = compare(a, b);
        Comparison back = compare(b, a);

        assertEquals(forth.intents().added(), back.intents().removed());
        assertEquals(forth.intents().removed(), back.intents().added());
        assertEquals(
                counted(forth.intents().changed().stream()),
                counted(
                        back.intents().changed().stream()
                                .map(c -> new Comparison.Changed(c.to(), c.from()))));
        assertEquals(
                forth.differences(),
                back.differences().stream()
                        .map(d -> new Differences.Difference(d.pointer(), d.b(), d.a()))
                        .toList());
        assertEquals(forth.similarity(), back.similarity());
        assertEquals(forth.confidenceDelta() == null, back.confidenceDelta() == null);
        if (forth.confidenceDelta() != null) {
            assertEquals(forth.confidenceDelta(), -back.confidenceDelta(), 1e-12);
        }
    }

    @Property
    void nothingDiffersFromItself(@ForAll("outputs") ObjectNode a) {
        Comparison same = compare(a, a.deepCopy());

        assertEquals(List.of(), same.differences());
        assertEquals(1, same.similarity());
        assertEquals(new Comparison.Intents(List.of(), List.of(), List.of()), same.intents());
        assertTrue(same.confidenceDelta() == null || same.confidenceDelta() == 0);
    }

    @Property
    void everyIntentIsAccountedForOnce(
            @ForAll("outputs") ObjectNode a, @ForAll("outputs") ObjectNode b) {
        IntentMatch match =
                IntentMatch.of(new AceyOutput(a).intents(), new AceyOutput(b).intents());

        assertEquals(
                new AceyOutput(a).intents().size(), match.pairs().size() + match.onlyA().size());
        assertEquals(
                new AceyOutput(b).intents().size(), match.pairs().size() + match.onlyB().size());
        assertTrue(
                Stream.concat(match.onlyA().stream(), match.onlyB().stream())
                        .allMatch(JsonNode::isObject));
    }

    @Test
    void intentsMatchTheOneThatSharesMostFields() {
        Comparison comparison =
                compare(
                        output("[{'type':'t','user':'ann','delta':1},{'type':'t','user':'bob'}]"),
                        output("[{'type':'t','user':'bob'},{'type':'t','user':'ann','delta':2}]"));

        assertEquals(1, comparison.intents().changed().size());
        assertEquals("ann", comparison.intents().changed().get(0).from().path("user").asText());
        assertEquals("ann", comparison.intents().changed().get(0).to().path("user").asText());
        assertEquals(List.of(), comparison.intents().added());
    }

    @Test
    void numbersCountByWhatTheyAreWorth() {
        Comparison comparison =
                compare(output("[{'type':'t','delta':1}]"), output("[{'type':'t','delta':1.0}]"));

        assertEquals(List.of(), comparison.intents().changed());
    }

    @Test
    void withoutAConfidenceOnBothSidesThereIsNoDelta() {
        assertNull(
                compare(output("[{'type':'t','confidence':0.5}]"), output("[{'type':'t'}]"))
                        .confidenceDelta());
        assertNull(
                compare(
                                output("[{'type':'t','confidence':0.5}]"),
                                output("[{'type':'t','confidence':'high'}]"))
                        .confidenceDelta());
    }

    @Provide
    Arbitrary<ObjectNode> outputs() {
        Arbitrary<ObjectNode> intents =
                Combinators.combine(
                                Arbitraries.of("memory_proposal", "trust_signal"),
                                Arbitraries.of("ann", "bob", "cem"),
                                Arbitraries.doubles().between(0, 1).ofScale(1).injectNull(0.3))
                        .as(
                                (type, user, confidence) ->
                                        JSON.createObjectNode()
                                                .put("type", type)
                                                .put("user", user)
                                                .put("confidence", confidence));
        return Combinators.combine(
                        Arbitraries.strings().ofMaxLength(40),
                        intents.list().ofMaxSize(6),
                        Arbitraries.integers().between(0, 3))
                .as(
                        (speech, list, mood) -> {
                            ObjectNode output =
                                    JSON.createObjectNode().put("speech", speech).put("mood", mood);
                            output.putArray("intents").addAll(list);
                            return output;
                        });
    }

    /** Each lists changes in the order of its own first output. */
    private static <T> Map<T, Long> counted(Stream<T> items) {
        return items.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static Comparison compare(ObjectNode a, ObjectNode b) {
        return Comparison.of(new AceyOutput(a), new AceyOutput(b));
    }

    private static ObjectNode output(String intents) {
        try {
            ObjectNode output = JSON.createObjectNode().put("speech", "hi");
            return output.set("intents", JSON.readTree(intents.replace('\'', '"')));
        } catch (IOException e) {
            throw new IllegalArgumentException(intents, e);
        }
    }
}
