package dev.acey.rules;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One rule as it was written.
 *
 * @param id {@code family.name}, unique in its set
 * @param description what it is for; empty if not given
 * @param enabled whether it is looked at
 * @param on the intent types it looks at, or one of {@value #ANY_INTENT}, {@value #SPEECH}, {@value
 *     #OUTPUT}
 * @param params numbers the expressions read as {@code params.name}
 * @param when the condition, a CEL expression; {@code true} if not given
 * @param effect what it does when the condition holds
 * @param set for {@link Effect#SET}: field → CEL expression; else empty
 * @param reason why, for a person; {@code {name}} stands for a parameter
 */
public record Rule(
        String id,
        String description,
        boolean enabled,
        List<String> on,
        Map<String, Double> params,
        String when,
        Effect effect,
        Map<String, String> set,
        String reason) {
    /** In {@link #on}: every intent, whatever its type. */
    public static final String ANY_INTENT = "*";

    /** In {@link #on}: the speech, where there is one. */
    public static final String SPEECH = "speech";

    /** In {@link #on}: every output as a whole. */
    public static final String OUTPUT = "output";

    /** The condition of a rule that gives none. */
    public static final String ALWAYS = "true";

    public Rule {
        on = List.copyOf(on);
        params = Collections.unmodifiableMap(new TreeMap<>(params));
        set = Collections.unmodifiableMap(new TreeMap<>(set));
    }

    /** Whether it looks at intents, one by one, rather than at the whole output. */
    boolean isOnIntents() {
        return !on.contains(SPEECH) && !on.contains(OUTPUT);
    }

    Rule enabled(boolean value) {
        return new Rule(id, description, value, on, params, when, effect, set, reason);
    }

    /** The reason as a finding gives it: {@code {name}} becomes the parameter. */
    String filledReason() {
        String filled = reason;
        for (Map.Entry<String, Double> param : params.entrySet()) {
            filled =
                    filled.replace(
                            "{" + param.getKey() + "}", CanonicalJson.decimal(param.getValue()));
        }
        return filled;
    }
}
