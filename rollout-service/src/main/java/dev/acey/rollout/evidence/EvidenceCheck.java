package dev.acey.rollout.evidence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.acey.rollout.plan.Plan;
import dev.acey.rollout.staged.Watching;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Computes every verdict of an evidence document again, offline. Reads it once, from its beginning
 * to its end; memory is a tick.
 */
final class EvidenceCheck {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(
                            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private final JsonParser parser;
    private final EvidenceDigest digest = new EvidenceDigest();

    /** Verdicts that steps show and no tick has had yet, by the steps' numbers. */
    private final Map<Integer, JsonNode> shown = new LinkedHashMap<>();

    private EvidenceCheck(JsonParser parser) {
        this.parser = parser;
    }

    static Finding check(InputStream document) throws IOException {
        try (JsonParser parser = MAPPER.createParser(document)) {
            return new EvidenceCheck(parser).check();
        } catch (ValueInstantiationException e) {
            return Finding.differs("the document says what cannot be: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            return Finding.unreadable(
                    "the document cannot be read: %s (line %d)"
                            .formatted(
                                    e.getOriginalMessage(),
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        }
    }

    private Finding check() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Finding.unreadable("this is not an evidence document: no object");
        }
        if (!isNext("format") || !parser.getText().equals(EvidenceResource.FORMAT)) {
            return Finding.unreadable(
                    "this is not an evidence document: it does not begin with the format "
                            + EvidenceResource.FORMAT);
        }
        if (!isNext("rollout")) {
            return Finding.unreadable("the document is not whole: the rollout is missing");
        }
        JsonNode rollout = MAPPER.readTree(parser);
        digest.add(rollout);
        for (JsonNode step : rollout.path("steps")) {
            if (step.path("detail").has("guard")) {
                shown.put(step.path("number").asInt(), step.path("detail").path("guard"));
            }
        }
        if (!isNext("ticks") || parser.currentToken() != JsonToken.START_ARRAY) {
            return Finding.unreadable("the document is not whole: the ticks are missing");
        }
        return ticks(
                new Recomputation(
                        MAPPER.treeToValue(rollout.path("plan"), Plan.class),
                        MAPPER.treeToValue(rollout.path("configuration"), Watching.class)));
    }

    private Finding ticks(Recomputation recomputation) throws IOException {
        long ticks = 0;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            JsonNode node = MAPPER.readTree(parser);
            digest.add(node);
            Optional<String> difference;
            try {
                difference = recomputation.difference(MAPPER.treeToValue(node, EvidenceTick.class));
            } catch (IllegalArgumentException e) {
                difference =
                        Optional.of("tick %s: %s".formatted(node.path("tick"), e.getMessage()));
            }
            if (difference.isPresent()) {
                return Finding.differs(difference.get());
            }
            shown.values().removeIf(node.path("verdict")::equals);
            ticks++;
        }
        if (parser.currentToken() != JsonToken.END_ARRAY || !isNext("digest")) {
            return Finding.unreadable("the document is not whole: its digest is missing");
        }
        if (!shown.isEmpty()) {
            return Finding.differs(
                    "step %d shows a verdict that no tick has"
                            .formatted(shown.keySet().iterator().next()));
        }
        String text = digest.text();
        if (!parser.getText().equals(text)) {
            return Finding.differs(
                    "every verdict is the guard's, but the document was changed: its digest is %s,"
                                    .formatted(parser.getText())
                            + " computed again "
                            + text);
        }
        if (parser.nextToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            return Finding.unreadable("the document is not whole: it does not end with its digest");
        }
        return Finding.agrees("all %d verdicts are what the guard says".formatted(ticks));
    }

    /** Whether the next field has this name; goes on to its value. */
    private boolean isNext(String name) throws IOException {
        return parser.nextToken() == JsonToken.FIELD_NAME
                && parser.currentName().equals(name)
                && parser.nextToken() != null;
    }
}
