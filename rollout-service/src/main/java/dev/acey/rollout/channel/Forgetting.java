package dev.acey.rollout.channel;

import dev.acey.rules.RuleState;
import dev.acey.rules.Trust;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Takes a person out of what the rules know: their trust, and every memory and suggestion whose
 * text has their name as a word of its own, in whatever case. Who says so little that their name is
 * an everyday word takes others' memories along: too much is forgotten rather than too little.
 */
final class Forgetting {

    private static final String NOT_IN_A_WORD = "[\\p{L}\\p{N}_]";

    private final String user;
    private final Predicate<String> names;

    Forgetting(String user) {
        this.user = user;
        this.names =
                Pattern.compile(
                                "(?<!"
                                        + NOT_IN_A_WORD
                                        + ")"
                                        + Pattern.quote(user)
                                        + "(?!"
                                        + NOT_IN_A_WORD
                                        + ")",
                                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .asPredicate();
    }

    /** The state without the person; equal to what was given where they are not in it. */
    RuleState in(RuleState state) {
        Map<String, Trust> trust = new TreeMap<>(state.trust());
        trust.remove(user);
        return new RuleState(
                state.persona(),
                trust,
                state.memories().stream().filter(m -> !names.test(m.text())).toList(),
                state.moderation().stream().filter(m -> !names.test(m.justification())).toList());
    }
}
