package dev.acey.kit.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * The verdict of the auto-rules on one output, with what is needed to reach it again.
 *
 * @param ruleSet the set that judged: {@code sha256:…}
 * @param decision approved, modified, rejected or pending
 * @param action deliver, deliver_modified, block or hold_for_review
 * @param findings what each rule said, in order
 * @param state the parts of the channel's state the rules read
 * @param at the instant it was judged at
 * @param output what was delivered, when it differs from what the model gave; else null
 * @param verdictHash SHA-256 of the verdict's canonical bytes: {@code sha256:…}
 * @param replayable false once what is stored no longer is what was judged
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record AutoRules(
        String ruleSet,
        String decision,
        String action,
        JsonNode findings,
        JsonNode state,
        Instant at,
        JsonNode output,
        String verdictHash,
        boolean replayable) {

    /** The same verdict on what no longer is stored as it was judged. */
    public AutoRules altered(JsonNode state, JsonNode output) {
        return new AutoRules(
                ruleSet, decision, action, findings, state, at, output, verdictHash, false);
    }
}
