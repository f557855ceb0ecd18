package dev.acey.rollout.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.rollout.stored.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EvidenceCheckTest {

    @Property(tries = 10)
    void theGuardsOwnDocumentAgreesWhateverBecameOfTheRollout(@ForAll Documents.Fate fate)
            throws IOException {
        ObjectNode document = Documents.of(fate);
        assertEquals(
                Finding.agrees(
                        "all %d verdicts are what the guard says"
                                .formatted(document.get("ticks").size())),
                check(document));
    }

    @Property(tries = 10)
    void whiteSpaceHasNoPartInIt(@ForAll Documents.Fate fate) throws IOException {
        assertEquals(0, check(Documents.of(fate).toPrettyString()).exitCode());
    }

    @Property(tries = 300)
    void oneChangedNumberIsFoundWhereverItIs(
            @ForAll Documents.Fate fate, @ForAll int choice, @ForAll boolean up)
            throws IOException {
        ObjectNode document = Documents.of(fate);
        List<Runnable> changes = new ArrayList<>();
        numbers(document, up, changes);
        changes.get(Math.floorMod(choice, changes.size())).run();
        assertNotEquals(0, check(document).exitCode());
    }

    /** Also where the digest was computed anew: nothing of a verdict can be changed. */
    @Property(tries = 300)
    void oneChangedNumberOfAVerdictIsFoundByItself(
            @ForAll Documents.Fate fate, @ForAll int choice, @ForAll boolean up)
            throws IOException {
        ObjectNode document = Documents.of(fate);
        List<Runnable> changes = new ArrayList<>();
        document.get("ticks").forEach(tick -> numbers(tick.get("verdict"), up, changes));
        changes.get(Math.floorMod(choice, changes.size())).run();
        Documents.sign(document);
        Finding finding = check(document);
        assertEquals(1, finding.exitCode());
        assertTrue(finding.sentence().startsWith("tick "), finding::sentence);
    }

    @Example
    void aDifferenceNamesTickMetricAndBothNumbers() throws IOException {
        ObjectNode document = Documents.of(Documents.Fate.PROMOTED);
        JsonNode tick = document.get("ticks").get(3);
        ObjectNode error = (ObjectNode) tick.at("/verdict/metrics/0");
        double before = error.get("lnHarm").doubleValue();
        error.put("lnHarm", 1.5);
        assertEquals(
                Finding.differs(
                        "tick %d (%s), error: verdict/metrics/0/lnHarm is 1.5 in the document, and computed again %s"
                                .formatted(
                                        tick.get("tick").asLong(),
                                        tick.at("/counts/start").asText(),
                                        before)),
                check(document));
    }

    @Example
    void aChangedThresholdThatWasNeverNearIsFoundByTheDigest() throws IOException {
        ObjectNode document = Documents.of(Documents.Fate.PROMOTED);
        ((ObjectNode) document.at("/rollout/configuration/guard")).put("limitEvidence", 101.0);
        Finding finding = check(document);
        assertEquals(1, finding.exitCode());
        assertTrue(finding.sentence().contains("its digest is sha256:"), finding::sentence);
    }

    @Example
    void whatIsNoWholeDocumentIsSaidToBeNone() throws IOException {
        String whole = Documents.of(Documents.Fate.ROLLED_BACK).toString();
        for (String text :
                List.of(
                        "",
                        "[]",
                        "{}",
                        "nonsense",
                        "{\"format\": \"other/1\"}",
                        whole.substring(0, whole.length() / 2),
                        whole.substring(0, whole.indexOf(",\"digest\"")) + "}",
                        whole.replace("\"elapsedSeconds\"", "\"unheardOf\""))) {
            Finding finding = check(text);
            assertEquals(2, finding.exitCode(), () -> text + ": " + finding.sentence());
        }
        assertEquals(2, VerifyEvidence.verify(Path.of("no-such-file")).exitCode());
    }

    private static Finding check(JsonNode document) throws IOException {
        return check(document.toString());
    }

    private static Finding check(String text) throws IOException {
        return EvidenceCheck.check(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** For each number below the node, what changes it by a little. */
    private static void numbers(JsonNode node, boolean up, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.fieldNames()
                    .forEachRemaining(
                            name -> {
                                JsonNode value = object.get(name);
                                if (value.isNumber()) {
                                    changes.add(() -> object.set(name, other(value, up)));
                                } else {
                                    numbers(value, up, changes);
                                }
                            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                JsonNode value = array.get(i);
                if (value.isNumber()) {
                    changes.add(() -> array.set(at, other(value, up)));
                } else {
                    numbers(value, up, changes);
                }
            }
        }
    }

    private static JsonNode other(JsonNode number, boolean up) {
        return JsonText.tree(
                number.isIntegralNumber()
                        ? (Object) (number.longValue() + (up ? 1 : -1))
                        : (Object)
                                (up
                                        ? Math.nextUp(number.doubleValue())
                                        : Math.nextDown(number.doubleValue())));
    }
}
