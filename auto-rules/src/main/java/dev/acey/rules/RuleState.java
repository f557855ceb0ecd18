package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rules know of a channel when they judge: a value, never changed in place.
 *
 * @param persona how the host presents itself
 * @param trust how far each user is trusted; who is missing is {@link Trust#NEUTRAL}
 * @param memories what is remembered, oldest first
 * @param moderation the suggestions of the last five minutes, oldest first
 */
public record RuleState(
        Persona persona,
        Map<String, Trust> trust,
        List<Memory> memories,
        List<Moderation> moderation) {
    private static final RuleState NEUTRAL =
            new RuleState(Persona.NEUTRAL, Map.of(), List.of(), List.of());

    public RuleState {
        trust = Collections.unmodifiableMap(new TreeMap<>(trust));
        memories = List.copyOf(memories);
        moderation = List.copyOf(moderation);
    }

    /** What is assumed where nothing is known. */
    public static RuleState neutral() {
        return NEUTRAL;
    }

    /**
     * Reads what {@link #toJson} writes. Every field may be missing and is then neutral; an unknown
     * field is refused.
     *
     * @param node null, missing or JSON null give the neutral state
     * @throws RuleStateException naming the JSON Pointer of a bad field and the rule it breaks
     */
    public static RuleState fromJson(JsonNode node) {
        return RuleStateReader.read(node);
    }

    /** {@code {persona, trust, memories, moderation}}, always with all fields. */
    public JsonNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode personaNode = node.putObject("persona");
        personaNode.put("mode", persona.mode());
        personaNode.put("locked", persona.locked());
        personaNode.put("lastChange", time(persona.lastChange()));
        ObjectNode trustNode = node.putObject("trust");
        trust.forEach(
                (user, value) -> {
                    ObjectNode userNode = trustNode.putObject(user).put("score", value.score());
                    ArrayNode deltas = userNode.putArray("deltas");
                    for (Trust.Delta delta : value.deltas()) {
                        deltas.addObject().put("at", time(delta.at())).put("delta", delta.delta());
                    }
                });
        ArrayNode memoriesNode = node.putArray("memories");
        for (Memory memory : memories) {
            memoriesNode.addObject().put("text", memory.text()).put("at", time(memory.at()));
        }
        ArrayNode moderationNode = node.putArray("moderation");
        for (Moderation entry : moderation) {
            moderationNode
                    .addObject()
                    .put("justification", entry.justification())
                    .put("at", time(entry.at()));
        }
        return node;
    }

    /**
     * The state that follows an output: delivered memories are remembered, a delivered mode is
     * taken on, delivered trust signals change scores (within 0 … 1, and at most {@link
     * Limits#MAX_DELTAS} times a minute for one user), and suggestions that reach a person are
     * noted. Lists stay within their bounds; what no rule can see any more is forgotten.
     *
     * @param output what the model gave
     * @param verdict the verdict on it; nothing is delivered of a blocked or held output
     */
    public RuleState after(JsonNode output, Verdict verdict, Instant at) {
        return StateChange.apply(this, output, verdict, at);
    }

    private static String time(Instant at) {
        return at == null ? null : Times.format(at);
    }
}
