package dev.acey.simulation.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.rules.Verdict;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A verdict as a case keeps it.
 *
 * @param findings the first 20
 */
@RegisterForReflection
public record Judgement(
        String decision,
        String action,
        String reason,
        JsonNode findings,
        String ruleSet,
        String verdictHash) {

    private static final int FINDINGS_KEPT = 20;

    static Judgement of(Verdict verdict) {
        ArrayNode findings = JsonNodeFactory.instance.arrayNode();
        verdict.findings().stream().limit(FINDINGS_KEPT).forEach(f -> findings.add(f.toJson()));
        return new Judgement(
                verdict.decision().json(),
                verdict.action().json(),
                verdict.reason(),
                findings,
                verdict.ruleSet(),
                verdict.hash());
    }
}
