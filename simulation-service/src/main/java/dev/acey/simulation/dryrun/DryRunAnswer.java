package dev.acey.simulation.dryrun;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rules.Verdict;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The verdict, field by field.
 *
 * @param decision approved, modified, rejected or pending
 * @param action deliver, deliver_modified, block or hold_for_review
 * @param reason the strongest finding in words
 * @param output what would be delivered; null when blocked
 * @param findings what each rule said
 * @param ruleSet hash of the set that judged
 * @param deterministicHash SHA-256 of the verdict's canonical bytes: the same wherever the same
 *     output meets the same state, instant and rules
 */
@RegisterForReflection
@JsonPropertyOrder({
    "decision",
    "action",
    "reason",
    "output",
    "findings",
    "ruleSet",
    "deterministicHash"
})
public record DryRunAnswer(
        String decision,
        String action,
        String reason,
        @Schema(type = SchemaType.OBJECT) JsonNode output,
        @Schema(type = SchemaType.ARRAY) JsonNode findings,
        String ruleSet,
        String deterministicHash) {

    static DryRunAnswer of(Verdict verdict) {
        JsonNode json = verdict.toJson();
        return new DryRunAnswer(
                verdict.decision().json(),
                verdict.action().json(),
                verdict.reason(),
                verdict.output(),
                json.get("findings"),
                verdict.ruleSet(),
                verdict.hash());
    }
}
