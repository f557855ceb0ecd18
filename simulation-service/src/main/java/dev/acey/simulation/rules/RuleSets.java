package dev.acey.simulation.rules;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rules.RuleSet;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds rule sets by their hash. Those shipped are the only ones so far. */
@Singleton
public class RuleSets {

    /**
     * The instant outputs are judged at where nobody says another: a fixed one, so that the verdict
     * does not depend on the clock. Without a state no shipped rule looks at the time.
     */
    public static final Instant SOME_INSTANT = Instant.EPOCH;

    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");

    private final RuleSet shipped = RuleSet.shipped();

    /** The set that judges where none is named. */
    public RuleSet active() {
        return shipped;
    }

    public Optional<RuleSet> find(String hash) {
        return shipped.hash().equals(hash) ? Optional.of(shipped) : Optional.empty();
    }

    /**
     * The set a client names.
     *
     * @param pointer where it names it
     * @param hash null for the active one
     * @throws ProblemException 400 for what is no hash, 422 for a set that is not known here
     */
    public RuleSet named(String pointer, String hash) {
        if (hash == null) {
            return active();
        }
        if (!HASH.matcher(hash).matches()) {
            throw ProblemException.invalid(pointer, "must match " + HASH.pattern());
        }
        return find(hash)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                422,
                                                "There is no such rule set here.",
                                                List.of(
                                                        new FieldError(
                                                                pointer,
                                                                "is not the hash of a rule set"
                                                                        + " known here")))));
    }
}
