package dev.acey.bench.hostile;

import dev.acey.rules.Limits;
import dev.acey.rules.RuleSet;
import java.util.Collections;

/** Rule sets that fill what a source may hold. */
final class HostileSets {

    private static final String RULE =
            "- {id: a.r%d, on: %s, when: \"%s\", effect: flag, reason: r}\n";
    private static final String SETTING =
            "- {id: a.r%d, on: output, effect: set, set: {%s: \"%s\"}, reason: r}\n";

    private HostileSets() {}

    /** As many rules with this condition as there may be. */
    static RuleSet each(String on, String when) {
        StringBuilder source = new StringBuilder("rules:\n");
        for (int i = 0; i < Limits.MAX_RULES; i++) {
            String rule = RULE.formatted(i, on, when);
            if (source.length() + rule.length() > Limits.MAX_SOURCE) {
                break;
            }
            source.append(rule);
        }
        return RuleSet.parse(source.toString());
    }

    /** As many rules as there may be, each of as many alternatives as there is place for. */
    static RuleSet terms(String on, String term) {
        int place = Limits.MAX_SOURCE / Limits.MAX_RULES - RULE.length() - 10;
        int most = Math.max(1, place / (term.length() + 2));
        return each(on, String.join("||", Collections.nCopies(most, term)));
    }

    static RuleSet matching(String pattern) {
        return each("speech", "speech.matches(r'" + pattern + "')");
    }

    /**
     * @param field of the output; %d is the number of the rule
     */
    static RuleSet setting(String field, String value) {
        StringBuilder source = new StringBuilder("rules:\n");
        for (int i = 0; i < Limits.MAX_RULES; i++) {
            source.append(SETTING.formatted(i, field.formatted(i), value));
        }
        return RuleSet.parse(source.toString());
    }
}
