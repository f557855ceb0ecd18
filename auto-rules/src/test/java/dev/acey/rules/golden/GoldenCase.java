package dev.acey.rules.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import java.time.Instant;

/**
 * One case: what is judged, and the verdict it must get.
 *
 * @param name of its folder, which says what is expected
 * @param output what the model gave
 * @param state what is known of the channel; neutral where the folder has none
 * @param at the instant to judge at
 * @param rules the rule set; the shipped one where the folder has none
 * @param verdict the canonical bytes of the verdict
 */
public record GoldenCase(
        String name, JsonNode output, RuleState state, Instant at, RuleSet rules, byte[] verdict) {

    /** Whether the shipped rules judge it. */
    public boolean isShipped() {
        return rules.hash().equals(RuleSet.shipped().hash());
    }

    @Override
    public String toString() {
        return name;
    }
}
