package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the rules say of one output.
 *
 * @param decision what became of the output
 * @param action what the caller does with it
 * @param reason the strongest finding in words
 * @param output what is delivered; when held, what would be delivered if a person lets it through;
 *     JSON null when blocked. The very node that was judged where nothing was changed
 * @param findings everything found: first about the whole output, then intent by intent, each in
 *     the order of the rules
 * @param ruleSet the hash of the rule set that judged
 */
public record Verdict(
        Decision decision,
        Action action,
        String reason,
        JsonNode output,
        List<Finding> findings,
        String ruleSet) {

    public Verdict {
        findings = List.copyOf(findings);
    }

    /**
     * RFC 8785 canonical JSON of the whole verdict: the bytes that are equal live and simulated.
     */
    public byte[] canonical() {
        return CanonicalJson.encode(toJson());
    }

    /** {@code sha256:} and the hexadecimal SHA-256 of {@link #canonical()}. */
    public String hash() {
        return CanonicalJson.sha256(canonical());
    }

    /** {@code {decision, action, reason, output, findings, ruleSet}}. */
    public JsonNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("decision", decision.json());
        node.put("action", action.json());
        node.put("reason", reason);
        node.set("output", output);
        node.set("findings", JsonNodeFactory.instance.arrayNode(findings.size()));
        findings.forEach(finding -> node.withArray("findings").add(finding.toJson()));
        node.put("ruleSet", ruleSet);
        return node;
    }

    /** The verdict these findings amount to. */
    static Verdict of(List<Finding> findings, JsonNode output, String ruleSet) {
        Finding strongest = null;
        for (Finding finding : findings) {
            if (strongest == null || finding.effect().compareTo(strongest.effect()) < 0) {
                strongest = finding;
            }
        }
        String reason =
                strongest == null
                        ? "no rule objects"
                        : strongest.ruleId() + ": " + strongest.reason();
        Effect effect = strongest == null ? Effect.FLAG : strongest.effect();
        return switch (effect) {
            case REJECT ->
                    new Verdict(
                            Decision.REJECTED,
                            Action.BLOCK,
                            reason,
                            JsonNodeFactory.instance.nullNode(),
                            findings,
                            ruleSet);
            case HOLD ->
                    new Verdict(
                            Decision.PENDING,
                            Action.HOLD_FOR_REVIEW,
                            reason,
                            output,
                            findings,
                            ruleSet);
            case REVIEW ->
                    new Verdict(
                            Decision.PENDING,
                            Action.DELIVER_MODIFIED,
                            reason,
                            output,
                            findings,
                            ruleSet);
            case DROP, SET ->
                    new Verdict(
                            Decision.MODIFIED,
                            Action.DELIVER_MODIFIED,
                            reason,
                            output,
                            findings,
                            ruleSet);
            case FLAG ->
                    new Verdict(
                            Decision.APPROVED, Action.DELIVER, reason, output, findings, ruleSet);
        };
    }
}
