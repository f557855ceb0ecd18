package dev.acey.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One thing a rule found.
 *
 * @param ruleId the rule, {@code engine.…} for what the engine itself refuses or bounds, or {@value
 *     #STATE_UNAVAILABLE}
 * @param intentIndex position of the intent in the output as the model gave it, counted from 0;
 *     null where the finding is about the speech or the whole output
 * @param effect what it does
 * @param reason why, for a person
 */
public record Finding(String ruleId, Integer intentIndex, Effect effect, String reason) {
    /** The {@link #ruleId()} of what could not be judged because the state could not be read. */
    public static final String STATE_UNAVAILABLE = "state_unavailable";

    public Finding {
        Objects.requireNonNull(ruleId, "ruleId");
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(reason, "reason");
    }

    /** {@code {ruleId, intentIndex, effect, reason}}. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ruleId", ruleId);
        node.put("intentIndex", intentIndex);
        node.put("effect", effect.json());
        node.put("reason", reason);
        return node;
    }
}
